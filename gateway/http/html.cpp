#include "http/html.hpp"

#include "base/markup.hpp"
#include "http/digest.hpp"
#include "notify/bytes.hpp"

namespace anju::http {
namespace {

// Sizes in rem: 1 rem is 18 px here and grows with the reader's own setting. Contrasts on white, as
// WCAG 2 counts: #1b1b1b 17.2, #4a4a4a 8.9; white on #a31621 7.8, on #0b5345 9.2, on #4a4a4a 8.9.
constexpr std::string_view style =
    "html{font-size:112.5%;-webkit-text-size-adjust:100%}"
    "body{margin:0 auto;max-width:34rem;font:1rem/1.5 system-ui,'Noto Sans SC','PingFang SC',"
    "sans-serif;color:#1b1b1b;background:#fff;overflow-wrap:anywhere}"
    "header{padding:1rem;color:#fff;background:#0b5345}"
    ".urgent header{background:#a31621}.over header{background:#4a4a4a}"
    "main{padding:0 1rem 2rem}"
    "h1{margin:0;font-size:1.6rem;line-height:1.25}"
    "h1 span{display:block;font-size:1.1rem;font-weight:400}"
    "h2{margin:1.2rem 0 .4rem;font-size:1.3rem;line-height:1.3}"
    "p,dl{margin:.8rem 0}.en{display:block;color:#4a4a4a}"
    "dt{color:#4a4a4a}dd{margin:0 0 .5rem;font-size:1.15rem;font-weight:600}"
    "form{margin:1rem 0 0}label span{display:block;color:#4a4a4a}"
    "textarea{display:block;box-sizing:border-box;width:100%;margin:.4rem 0;padding:.6rem;"
    "border:2px solid #4a4a4a;border-radius:.5rem;font:inherit}"
    "button,a.tel{display:block;box-sizing:border-box;width:100%;min-height:3.6rem;"
    "padding:.7rem 1rem;border:2px solid #0b5345;border-radius:.5rem;font:inherit;"
    "font-size:1.3rem;font-weight:700;line-height:1.25;text-align:center;text-decoration:none;"
    "color:#0b5345;background:#fff}"
    "button.first{color:#fff;background:#0b5345}"
    ".urgent button.first{border-color:#a31621;background:#a31621}"
    "button span,a.tel span{display:block;font-size:1rem;font-weight:400}"
    "button:focus-visible,a.tel:focus-visible{outline:4px solid #1b1b1b;outline-offset:2px}";

std::string policy() {
    return "default-src 'none'; style-src 'sha256-" + notify::base64(sha256(style)) +
           "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
}

std::string_view class_of(Page::Tone tone) {
    switch (tone) {
        case Page::Tone::urgent:
            return "urgent";
        case Page::Tone::over:
            return "over";
        case Page::Tone::calm:
            break;
    }
    return "calm";
}

std::string in_both(text::Wording wording) {
    return markup_escape(wording.zh) + "<span lang=\"en\">" + markup_escape(wording.en) + "</span>";
}

}  // namespace

Page::Page(text::Wording title, Tone tone)
    : title_(markup_escape(std::string(title.zh) + " / " + std::string(title.en))) {
    body_.append("<body class=\"").append(class_of(tone)).append("\"><header><h1>");
    body_.append(in_both(title)).append("</h1></header><main>");
}

void Page::heading(text::Wording wording) {
    body_.append("<h2>")
        .append(markup_escape(wording.zh))
        .append("<span class=\"en\" lang=\"en\">");
    body_.append(markup_escape(wording.en)).append("</span></h2>");
}

void Page::paragraph(std::string_view zh, std::string_view en) {
    body_.append("<p>").append(markup_escape(zh)).append("<span class=\"en\" lang=\"en\">");
    body_.append(markup_escape(en)).append("</span></p>");
}

void Page::fact(text::Wording label, std::string_view value) {
    if (value.empty()) return;
    body_.append("<dl><dt>").append(markup_escape(label.zh)).append(" <span lang=\"en\">");
    body_.append(markup_escape(label.en)).append("</span></dt><dd>");
    body_.append(markup_escape(value)).append("</dd></dl>");
}

void Page::phone(text::Wording label, std::string_view number) {
    std::string dialled;
    for (const char c : number) {
        if ((c >= '0' && c <= '9') || (c == '+' && dialled.empty())) dialled += c;
    }
    if (dialled.empty()) return;
    body_.append("<p><a class=\"tel\" href=\"tel:").append(dialled).append("\">");
    body_.append(markup_escape(std::string(label.zh) + " " + std::string(number)));
    body_.append("<span lang=\"en\">").append(markup_escape(label.en)).append("</span></a></p>");
}

void Page::button(std::string_view path, text::Wording label, bool first) {
    body_.append("<form method=\"post\" action=\"").append(markup_escape(path)).append("\">");
    body_.append(first ? "<button class=\"first\">" : "<button>");
    body_.append(in_both(label)).append("</button></form>");
}

void Page::question(std::string_view path, text::Wording label, text::Wording what) {
    body_.append("<form method=\"post\" action=\"")
        .append(markup_escape(path))
        .append("\"><label>");
    body_.append(in_both(what)).append("<textarea required maxlength=\"300\" rows=\"3\" name=\"");
    body_.append(answer_name).append("\"></textarea></label><button>");
    body_.append(in_both(label)).append("</button></form>");
}

Response Page::take(unsigned status) {
    std::string all =
        "<!DOCTYPE html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\">"
        "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>" +
        title_ + "</title><style>" + std::string(style) + "</style></head>" + body_ +
        "</main></body></html>\n";
    return {status,
            "text/html; charset=utf-8",
            std::move(all),
            {{"Content-Security-Policy", policy()}}};
}

}  // namespace anju::http
