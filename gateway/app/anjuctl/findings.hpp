// What doctor finds, as data.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "app/anjuctl/doctor_codes.hpp"
#include "app/anjuctl/text.hpp"

namespace anju::ctl {

/// docs/operations/doctor.md says what is which.
enum class Severity { ok, note, warning, error };

[[nodiscard]] std::string_view name(Severity severity);

struct Finding {
    Severity severity = Severity::ok;
    std::string code;    ///< stable, for programs: "home_disconnected"
    std::string what;    ///< in the reader's language
    std::string remedy;  ///< empty when there is nothing to do
};

/// A code that is in the catalogue, which the manual explains (docs/operations/doctor.md).
class Code {
public:
    /// Does not compile with a text that is not in it.
    consteval Code(const char* text) : text_(text) {
        if (!is_doctor_code(text_)) throw "not in doctor_codes.hpp";
    }
    /// Put together from what the daemon says, who may be of another version.
    [[nodiscard]] static Code of(std::string_view text) { return Code(text, 0); }
    [[nodiscard]] std::string_view text() const { return text_; }

private:
    Code(std::string_view text, int /*unchecked*/) : text_(text) {}
    std::string_view text_;
};

class Findings {
public:
    explicit Findings(Lang lang) : lang_(lang) {}

    /// `arguments` are put where the texts say {}.
    void add(Severity severity, Code code, Text what, Text remedy,
             const std::vector<std::string>& arguments = {});
    /// What is well needs no explanation: any code.
    void ok(std::string_view code, Text what, const std::vector<std::string>& arguments = {}) {
        add(Severity::ok, Code::of(code), what, {}, arguments);
    }
    /// In words that are not ours to translate.
    void verbatim(Severity severity, Code code, std::string what, std::string remedy);

    /// True when there is an error: somebody is not protected, or something will break. What a box
    /// can live with is said all the same, and a new one has some of it.
    [[nodiscard]] bool wrong() const;
    [[nodiscard]] std::string text() const;
    [[nodiscard]] boost::json::value json() const;
    [[nodiscard]] Lang lang() const { return lang_; }
    [[nodiscard]] const std::vector<Finding>& all() const { return all_; }

private:
    Lang lang_;
    std::vector<Finding> all_;
};

}  // namespace anju::ctl
