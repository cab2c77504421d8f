// Runs the program itself against a daemon that follows a script.
#pragma once

#include <sys/wait.h>

#include <array>
#include <boost/json.hpp>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>

#include "tests/component/control/serving.hpp"

namespace anju::control {

class Anjuctl : public Serving {
protected:
    struct Ran {
        int code{};
        std::string out;
        std::string err;
    };

    /// Runs `anjuctl --socket … {arguments}` with an environment of nothing but `lang`.
    Ran run(const std::string& arguments, const std::string& lang = "en_US.UTF-8",
            const std::string& where = "") {
        const std::filesystem::path err = folder_ / "stderr";
        const std::string command =
            "env -i LANG=" + lang + " '" ANJUCTL "' " +
            (where.empty() ? "--socket '" + options_.path.string() + "'" : where) + " " +
            arguments + " 2>'" + err.string() + "'";
        std::FILE* const pipe = popen(command.c_str(), "r");
        Ran ran;
        std::array<char, 4096> buffer{};
        for (std::size_t n = 0; (n = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
            ran.out.append(buffer.data(), n);
        }
        const int status = pclose(pipe);
        ran.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        std::ifstream file(err);
        ran.err = {std::istreambuf_iterator<char>(file), {}};
        return ran;
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
