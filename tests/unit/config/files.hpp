// A folder of its own for every test, gone afterwards, and the text of errors without the
// folder's name.
#pragma once

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "config/config.hpp"
#include "tests/support/broker.hpp"

namespace anju::config {

class InFolder : public testing::Test {
protected:
    std::filesystem::path write(const std::string& name, const std::string& content,
                                mode_t mode = 0640) {
        const std::filesystem::path path = folder_ / name;
        std::ofstream(path) << content;
        chmod(path.c_str(), mode);
        return path;
    }

    /// The errors of loading `toml` as anju.toml, one text each; empty when it was taken.
    std::vector<std::string> mistakes(const std::string& toml) {
        const auto config = load(write("anju.toml", toml));
        return config ? std::vector<std::string>{} : plain(config.error());
    }

    [[nodiscard]] std::vector<std::string> plain(const Errors& errors) const {
        std::vector<std::string> out;
        const std::string prefix = folder_.string() + "/";
        for (const Error& error : errors) {
            std::string text = error.text();
            for (auto at = text.find(prefix); at != text.npos; at = text.find(prefix)) {
                text.erase(at, prefix.size());
            }
            out.push_back(text);
        }
        return out;
    }

    test::TempDir dir_;
    const std::filesystem::path folder_ = dir_.path();
};

}  // namespace anju::config
