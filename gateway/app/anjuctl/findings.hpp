// What doctor finds, as data.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "app/anjuctl/text.hpp"

namespace anju::ctl {

enum class Severity { ok, note, warning, error };

[[nodiscard]] std::string_view name(Severity severity);

struct Finding {
    Severity severity = Severity::ok;
    std::string code;    ///< stable, for programs: "home_disconnected"
    std::string what;    ///< in the reader's language
    std::string remedy;  ///< empty when there is nothing to do
};

class Findings {
public:
    explicit Findings(Lang lang) : lang_(lang) {}

    /// `arguments` are put where the texts say {}.
    void add(Severity severity, std::string_view code, Text what, Text remedy,
             const std::vector<std::string>& arguments = {});
    void ok(std::string_view code, Text what, const std::vector<std::string>& arguments = {}) {
        add(Severity::ok, code, what, {}, arguments);
    }
    /// In words that are not ours to translate.
    void verbatim(Severity severity, std::string_view code, std::string what, std::string remedy);

    /// True when something has to be done.
    [[nodiscard]] bool wrong() const;
    [[nodiscard]] std::string text() const;
    [[nodiscard]] boost::json::value json() const;
    [[nodiscard]] Lang lang() const { return lang_; }

private:
    Lang lang_;
    std::vector<Finding> all_;
};

}  // namespace anju::ctl
