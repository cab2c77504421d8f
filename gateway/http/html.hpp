// The little HTML that is needed: a page for a phone, without scripts and without anything that
// would have to be fetched.
#pragma once

#include <string>
#include <string_view>

#include "core/text/catalogue.hpp"
#include "http/message.hpp"

namespace anju::http {

/// Builds a page from above to below. Everything is escaped here. Texts in two languages are shown
/// in both, Chinese first and larger.
class Page {
public:
    enum class Tone { urgent, calm, over };
    /// `title` is also what a preview in a chat shows: no name may be in it.
    explicit Page(text::Wording title, Tone tone = Tone::calm);

    void heading(text::Wording wording);
    void paragraph(std::string_view zh, std::string_view en);
    void paragraph(text::Wording wording) { paragraph(wording.zh, wording.en); }
    /// "称呼 name: value"; nothing when `value` is empty.
    void fact(text::Wording label, std::string_view value);
    /// A number to be tapped; nothing when it is empty.
    void phone(text::Wording label, std::string_view number);
    /// A button over the whole width that posts to `path`, which holds no query.
    void button(std::string_view path, text::Wording label, bool first = true);

    /// A field for some words, and a button that posts them to `path` under `answer_name`.
    void question(std::string_view path, text::Wording label, text::Wording what);
    static constexpr std::string_view answer_name = "note";

    [[nodiscard]] Response take(unsigned status = 200);

private:
    std::string title_;
    std::string body_;
};

}  // namespace anju::http
