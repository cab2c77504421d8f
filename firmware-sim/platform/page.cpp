#include "firmware-sim/platform/page.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/markup.hpp"
#include "firmware-sim/local_time.hpp"

namespace anju::sim {

namespace {

constexpr std::string_view style = R"(
*{box-sizing:border-box}
body{margin:0 auto;max-width:72rem;padding:1rem;font:18px/1.5 system-ui,"Noto Sans CJK SC",sans-serif;
color:#1a1a1a;background:#fff}
h1{font-size:1.5rem;margin:0}h2{font-size:1.2rem;margin:1.5rem 0 .5rem}
header{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;align-items:center;justify-content:space-between}
a{color:#0b4a8f;display:inline-block;min-height:44px;line-height:44px;padding:0 .5rem}
.state{padding:.5rem .75rem;border-left:.4rem solid #1b6e3c;background:#eef7f1;margin:.75rem 0}
.state.bad{border-color:#a3161a;background:#fdeeee}
.buttons{display:flex;flex-wrap:wrap;gap:.5rem}form{margin:0}
button{font:inherit;min-height:44px;padding:0 1rem;border:1px solid #555;border-radius:.4rem;
background:#f4f4f4;color:#1a1a1a}
.card{border:1px solid #bbb;border-radius:.4rem;padding:.5rem .75rem;margin:.5rem 0}
.bad-word{color:#a3161a;font-weight:bold}.mark{border:1px solid #555;border-radius:.3rem;padding:0 .4rem}
.small{color:#444;overflow-wrap:anywhere}
.lanes{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,22rem),1fr));gap:.5rem}
.lanes .card{margin:0}dl{display:grid;grid-template-columns:1fr auto;margin:0;gap:0 1rem}
dd{margin:0;text-align:right;font-variant-numeric:tabular-nums}
)";

class Writer {
public:
    Writer(const PlatformView& view, PageLanguage language)
        : view_(view), english_(language == PageLanguage::en) {}

    std::string take() {
        head();
        state();
        lanes();
        events();
        out_ += "</main></body></html>\n";
        return std::move(out_);
    }

private:
    [[nodiscard]] std::string_view say(std::string_view zh, std::string_view en) const {
        return english_ ? en : zh;
    }

    void head() {
        const auto title = say("模拟区级平台", "Stand-in district platform");
        out_ += fmt::format(
            "<!DOCTYPE html><html lang=\"{}\"><head><meta charset=\"utf-8\">"
            "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
            "<meta http-equiv=\"refresh\" content=\"3\"><title>{}</title>"
            "<link rel=\"stylesheet\" href=\"/style.css\"></head>"
            "<body><header><h1>{}</h1><nav>{}</nav></header><main>",
            english_ ? "en" : "zh-CN", title, title,
            english_ ? "<a href=\"/?lang=zh\" lang=\"zh-CN\">中文</a>"
                     : "<a href=\"/?lang=en\" lang=\"en\">English</a>");
    }

    void state() {
        const bool bad = view_.out || !view_.connected || view_.slow.count() > 0;
        std::string what;
        if (view_.out) {
            what = say("✕ 中断：不接收任何消息。", "✕ Outage: nothing is received.");
        } else if (!view_.connected) {
            what = say("✕ 未连接到消息服务器。", "✕ Not connected to the broker.");
        } else {
            what = say("✓ 已连接。", "✓ Connected.");
        }
        if (view_.slow.count() > 0) {
            what += fmt::format(
                fmt::runtime(say(" 变慢：每条延迟 {} 毫秒。", " Slow: {} ms for each event.")),
                view_.slow.count());
        }
        out_ += fmt::format(
            "<p class=\"state{}\" role=\"status\">{}<br><span class=\"small\">{}</span></p>",
            bad ? " bad" : "", what,
            fmt::format(fmt::runtime(say("本次启动以来：存入 {}，无法读取 {}，队列满丢弃 {}",
                                         "Since it began: {} stored, {} unreadable, {} dropped "
                                         "because the queue was full")),
                        view_.stored, view_.unreadable, view_.dropped));
        out_ += "<div class=\"buttons\">";
        button("outage", say("中断", "Outage"));
        button("slow", say("变慢（每条 2 秒）", "Slow (2 s each)"));
        button("heal", say("恢复", "Heal"));
        out_ += "</div>";
    }

    void button(std::string_view verb, std::string_view label, std::string_view more = {}) {
        out_ += fmt::format(
            "<form method=\"post\" action=\"/{}\"><input type=\"hidden\" name=\"token\" "
            "value=\"{}\"><input type=\"hidden\" name=\"lang\" value=\"{}\">{}<button>{}"
            "</button></form>",
            verb, markup_escape(view_.token), english_ ? "en" : "zh", more, label);
    }

    void term(std::string_view what, const std::string& value, bool bad = false) {
        out_ += fmt::format("<dt>{}</dt><dd{}>{}{}</dd>", what, bad ? " class=\"bad-word\"" : "",
                            bad ? "⚠ " : "", value);
    }

    [[nodiscard]] std::string_view lane_name(v1::Lane lane) const {
        return lane == v1::LANE_ALARM ? say("告警通道", "alarm lane")
                                      : say("普通通道", "bulk lane");
    }

    void lanes() {
        out_ += fmt::format("<h2>{}</h2><div class=\"lanes\">",
                            say("网关与通道", "Gateways and lanes"));
        if (view_.lanes.empty()) {
            out_ += fmt::format("<p>{}</p>", say("还没有消息。", "Nothing has come yet."));
        }
        for (const auto& lane : view_.lanes) {
            out_ += fmt::format("<section class=\"card\"><strong>{}</strong> · {} · {} {}<dl>",
                                markup_escape(lane.key.gateway), lane_name(lane.key.lane),
                                say("纪元", "epoch"), lane.key.epoch);
            term(say("最后序号", "Last number"), std::to_string(lane.last));
            term(say("缺失", "Missing"), std::to_string(lane.missing), lane.missing > 0);
            term(say("重复", "Repetitions"), std::to_string(lane.duplicates));
            term(say("收到", "Received"), std::to_string(lane.received));
            term(say("网关未获确认", "Unacknowledged there"), std::to_string(lane.unacknowledged));
            if (lane.delay_ms) {
                term(say("最近延迟", "Newest took"), fmt::format("{} ms", *lane.delay_ms));
            }
            out_ += "</dl></section>";
        }
        out_ += "</div>";
    }

    void events() {
        out_ += fmt::format("<h2>{}</h2>", say("最近事件", "Last events"));
        for (const auto& event : view_.events) {
            out_ += fmt::format(
                "<article class=\"card\"><strong>{}</strong> {} {} {}<br>{}<div class=\"small\">"
                "{} · {} · {} · #{}</div>",
                markup_escape(english_ ? event.kind_en : event.kind_zh),
                markup_escape(english_ ? event.state_en : event.state_zh),
                markup_escape(event.household),
                event.test ? fmt::format("<span class=\"mark\">{}</span>", say("测试", "test"))
                           : "",
                markup_escape(english_ ? event.sentence_en : event.sentence_zh),
                format_local(from_unix_ms(event.received_ms)), markup_escape(event.key.gateway),
                lane_name(event.key.lane), event.seq);
            if (event.waiting) {
                button("acknowledge", say("签收", "Acknowledge"),
                       fmt::format("<input type=\"hidden\" name=\"gateway\" value=\"{}\">"
                                   "<input type=\"hidden\" name=\"alert\" value=\"{}\">",
                                   markup_escape(event.key.gateway), markup_escape(event.alert)));
            }
            out_ += "</article>";
        }
    }

    const PlatformView& view_;
    bool english_;
    std::string out_;
};

}  // namespace

std::string platform_page(const PlatformView& view, PageLanguage language) {
    return Writer(view, language).take();
}

std::string_view platform_page_style() {
    return style;
}

}  // namespace anju::sim
