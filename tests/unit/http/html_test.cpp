#include "http/html.hpp"

#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <array>
#include <cmath>

#include "base/markup.hpp"

namespace anju::http {
namespace {

std::string field(const Response& response, std::string_view name) {
    for (const auto& [key, value] : response.fields) {
        if (key == name) return value;
    }
    return {};
}

std::string between(const std::string& text, std::string_view from, std::string_view to) {
    const std::size_t start = text.find(from);
    if (start == text.npos) return {};
    const std::size_t first = start + from.size();
    return text.substr(first, text.find(to, first) - first);
}

/// Relative luminance, WCAG 2.
double luminance(unsigned rgb) {
    const auto channel = [](unsigned value) {
        const double c = value / 255.0;
        return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * channel(rgb >> 16 & 0xff) + 0.7152 * channel(rgb >> 8 & 0xff) +
           0.0722 * channel(rgb & 0xff);
}

double contrast_with_white(unsigned rgb) {
    return 1.05 / (luminance(rgb) + 0.05);
}

TEST(Html, EscapesWhateverCouldBeMarkup) {
    EXPECT_EQ(markup_escape("<a href=\"x\">'&"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;");
    EXPECT_EQ(markup_escape("a\tb\x01\x1b"
                            "c"),
              "a\tb  c")
        << "XML has no such characters";
}

TEST(Html, LetsNoNameBecomeMarkup) {
    Page page({"<b>", "<i>"});
    page.paragraph("<script>1</script>", "x");
    page.fact({"a", "b"}, "<img src=x>");
    page.phone({"<u>", "<u>"}, "138<0>");
    page.button("/a/\"><script>", {"<s>", "<s>"});
    const std::string body = page.take().body;
    for (const char* tag : {"<script", "<img", "<b>", "<i>", "<u>", "<s>"}) {
        EXPECT_EQ(body.find(tag), body.npos) << tag;
    }
}

TEST(Html, AllowsItsOwnStyleByHashAndNothingElse) {
    const Response page = Page({"a", "b"}).take();
    const std::string style = between(page.body, "<style>", "</style>");
    ASSERT_FALSE(style.empty());
    std::array<unsigned char, 32> digest{};
    unsigned size = 0;
    ASSERT_EQ(EVP_Digest(style.data(), style.size(), digest.data(), &size, EVP_sha256(), nullptr),
              1);
    std::array<unsigned char, 64> text{};
    EVP_EncodeBlock(text.data(), digest.data(), 32);
    const std::string policy = field(page, "Content-Security-Policy");
    EXPECT_NE(
        policy.find("style-src 'sha256-" + std::string(reinterpret_cast<char*>(text.data())) + "'"),
        policy.npos)
        << policy;
    EXPECT_TRUE(policy.starts_with("default-src 'none';")) << policy;
    EXPECT_EQ(policy.find("unsafe"), policy.npos);
    for (const char* loading :
         {"<script", "src=", "<link", "url(", "@import", "style=\"", "http"}) {
        EXPECT_EQ(page.body.find(loading), page.body.npos) << loading;
    }
}

TEST(Html, IsLargeEnoughAndContrastsEnough) {
    const std::string style = between(Page({"a", "b"}).take().body, "<style>", "</style>");
    const double rem = 16 * std::stod(between(style, "html{font-size:", "%")) / 100;
    EXPECT_GE(rem, 18.0);
    EXPECT_GE(std::stod(between(style, "min-height:", "rem")) * rem, 44.0);
    EXPECT_EQ(style.find("font-size:0"), style.npos) << "nothing is smaller than 1 rem";
    EXPECT_EQ(style.find("font-size:."), style.npos) << "nothing is smaller than 1 rem";
    std::size_t colours = 0;
    for (std::size_t at = style.find('#'); at != style.npos; at = style.find('#', at + 1)) {
        const std::string digits = style.substr(at + 1, 6);
        if (digits.starts_with("fff")) continue;
        EXPECT_GE(contrast_with_white(static_cast<unsigned>(std::stoul(digits, nullptr, 16))), 4.5)
            << digits;
        ++colours;
    }
    EXPECT_GE(colours, 4U);
}

TEST(Html, DialsOnlyTheDigits) {
    Page page({"a", "b"});
    page.phone({"call", "call"}, "+86 138-0000-1111");
    page.phone({"nobody", "nobody"}, "");
    page.phone({"nobody", "nobody"}, "n/a");
    const std::string body = page.take().body;
    EXPECT_NE(body.find("href=\"tel:+8613800001111\""), body.npos);
    EXPECT_EQ(body.find("nobody"), body.npos);
}

}  // namespace
}  // namespace anju::http
