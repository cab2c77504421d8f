// Runs the program itself against a daemon that follows a script.
#pragma once

#include <boost/json.hpp>
#include <fstream>
#include <map>

#include "tests/component/control/serving.hpp"
#include "tests/support/shell.hpp"

namespace anju::control {

class Anjuctl : public Serving {
protected:
    using Ran = test::Ran;

    /// Runs `anjuctl --socket … {arguments}` with an environment of nothing but `lang`.
    Ran run(const std::string& arguments, const std::string& lang = "en_US.UTF-8",
            const std::string& where = "") {
        return test::run_in_shell(
            "env -i LANG=" + lang + " '" ANJUCTL "' " +
            (where.empty() ? "--socket '" + options_.path.string() + "'" : where) + " " +
            arguments);
    }

    void answer(std::string_view json) {
        ASSERT_TRUE(serve([text = std::string(json)](const Request&) {
            return Reply{boost::json::parse(text), {}};
        }));
    }

    /// One answer for each method; nothing to say to any other.
    void answer(const std::map<std::string, std::string>& json) {
        ASSERT_TRUE(serve([json](const Request& request) {
            const auto found = json.find(request.method);
            if (found == json.end()) return Reply{boost::json::object{}, {}};
            return Reply{boost::json::parse(found->second), {}};
        }));
    }

    std::filesystem::path write(const std::string& name, const std::string& content) {
        const std::filesystem::path path = folder_ / name;
        std::ofstream(path) << content;
        return path;
    }
};

}  // namespace anju::control
