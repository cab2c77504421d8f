#include "http/problem.hpp"

#include <boost/json.hpp>

namespace anju::http {

namespace json = boost::json;

Response problem(const Problem& problem) {
    json::object out{{"type", "about:blank"},         {"title", problem.title.en},
                     {"status", problem.status},      {"code", problem.code},
                     {"detail", problem.detail.en},   {"title_zh", problem.title.zh},
                     {"detail_zh", problem.detail.zh}};
    if (!problem.errors.empty()) {
        json::array errors;
        for (const Error& one : problem.errors) {
            errors.push_back({{"what", one.what}, {"where", one.where}, {"remedy", one.remedy}});
        }
        out["errors"] = std::move(errors);
    }
    std::string body = json::serialize(out);
    if (!problem.more.empty()) {
        body.pop_back();
        body.append(",").append(problem.more).append("}");
    }
    return {problem.status, "application/problem+json", std::move(body)};
}

Response failure(std::string_view path, unsigned status, std::string_view code,
                 text::Wording wording) {
    if (path.starts_with("/api/")) {
        return problem({.status = status, .code = code, .title = wording, .detail = wording});
    }
    return {status, "text/plain; charset=utf-8",
            std::string(wording.zh) + " / " + std::string(wording.en) + "\n"};
}

}  // namespace anju::http
