// The files of the web app, read once and served from memory.
//
// Nothing that a client writes ever names a file: a path is looked up in what was found at the
// start. A new version of the app is served after a restart, as a whole.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "http/router.hpp"

namespace anju::http {

class Assets {
public:
    struct Limits {
        std::size_t files = 2000;
        std::size_t bytes = std::size_t{64} * 1024 * 1024;  ///< in memory, for as long as it runs
    };
    /// Reads every file under `folder` whose ending is known and whose name needs no encoding;
    /// links are not followed. Beside a file, "NAME.br" and "NAME.gz" are the same, compressed.
    /// Without `folder` or its index.html it is not installed. An Error: a file cannot be read, or
    /// there are more than `limits` allow.
    [[nodiscard]] static result<Assets> load(const std::filesystem::path& folder, Limits limits);
    [[nodiscard]] static result<Assets> load(const std::filesystem::path& folder) {
        return load(folder, {});
    }

    [[nodiscard]] bool installed() const { return files_.contains("/index.html"); }
    [[nodiscard]] std::size_t size() const { return files_.size(); }

    /// "/" and every file, answered on the server's thread. What is added later with the same
    /// pattern is not reached, so this comes last. Must outlive `router`.
    void add_to(Router& router) const;

    /// A GET. 404 for what was not there at the start; "/" is index.html, or 503 with a page that
    /// says so where the app is not installed. Any thread.
    [[nodiscard]] Response answer(const Request& request) const;

private:
    struct Variant {
        std::string coding;  ///< "br", "gzip" or none
        std::string tag;
        std::shared_ptr<const std::string> bytes;
    };
    struct File {
        std::string type;
        bool hashed{};                  ///< its name changes with its content
        std::vector<Variant> variants;  ///< the best first, as it is last
    };
    [[nodiscard]] result<void> take(const std::filesystem::path& file, const std::string& path,
                                    std::size_t& room);

    std::map<std::string, File, std::less<>> files_;  ///< by path: "/assets/index-1a2b.js"
};

}  // namespace anju::http
