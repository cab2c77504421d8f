#include "http/assets.hpp"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <utility>

#include "base/log.hpp"
#include "http/content.hpp"
#include "http/html.hpp"

namespace anju::http {
namespace {

namespace fs = std::filesystem;

/// Vite puts what carries a hash of its content in its name here (build.assetsDir).
constexpr std::string_view hashed_folder = "/assets/";

constexpr std::string_view policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

constexpr std::pair<std::string_view, std::string_view> types[] = {
    {".css", "text/css; charset=utf-8"},
    {".html", "text/html; charset=utf-8"},
    {".ico", "image/x-icon"},
    {".js", "text/javascript; charset=utf-8"},
    {".json", "application/json"},
    {".png", "image/png"},
    {".svg", "image/svg+xml"},
    {".txt", "text/plain; charset=utf-8"},
    {".webmanifest", "application/manifest+json"},
    {".woff2", "font/woff2"},
};

/// Smallest first, in the order that a client is served from.
constexpr std::pair<std::string_view, std::string_view> codings[] = {{".br", "br"},
                                                                     {".gz", "gzip"}};

std::string_view type_of(std::string_view path) {
    const std::size_t dot = path.rfind('.');
    if (dot == std::string_view::npos) return {};
    const auto* const found = std::ranges::find(
        types, path.substr(dot), &std::pair<std::string_view, std::string_view>::first);
    return found == std::end(types) ? std::string_view{} : found->second;
}

/// Such a path is the same in a request as on the disk, and no pattern of the router.
bool is_plain(std::string_view path) {
    const bool known = std::ranges::all_of(path, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '_' || c == '-' || c == '/';
    });
    return known && path.find("/.") == std::string_view::npos;
}

result<std::string> read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string out{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (!in) {
        return Error{"cannot read a file of the console", file.string(),
                     "make it readable for anju, or install the package again"};
    }
    return result<std::string>{boost::system::in_place_value, std::move(out)};
}

Error too_large(const fs::path& folder) {
    return {"is too large for the console", folder.string(),
            "give the folder of the built console, and nothing else"};
}

Response not_installed() {
    Page page({"控制台未安装", "The console is not installed"}, Page::Tone::over);
    page.paragraph(
        "这台网关在运行，但没有控制台的文件。请安装控制台，或检查配置里的文件夹，然后重启。",
        "This gateway is running, but the files of its console are not there. Install "
        "the console, or check the folder in the configuration, and restart.");
    return page.take(503);
}

std::pair<std::string, std::string> pair(std::string_view name, std::string_view value) {
    return {std::string(name), std::string(value)};
}

}  // namespace

result<void> Assets::take(const fs::path& file, const std::string& path, std::size_t& room) {
    File out{std::string(type_of(path)), path.starts_with(hashed_folder), {}};
    const auto add = [&](const fs::path& from, std::string_view coding) -> result<void> {
        auto content = read(from);
        if (!content) return content.error();
        if (content->size() > room) return too_large(from);
        room -= content->size();
        std::string tag = entity_tag(*content, coding);
        out.variants.push_back({std::string(coding), std::move(tag),
                                std::make_shared<const std::string>(std::move(*content))});
        return {};
    };
    for (const auto& [ending, coding] : codings) {
        const fs::path sibling = file.string() + std::string(ending);
        std::error_code ignored;
        if (fs::symlink_status(sibling, ignored).type() != fs::file_type::regular) continue;
        if (auto added = add(sibling, coding); !added) return added.error();
    }
    if (auto added = add(file, {}); !added) return added.error();
    files_.emplace(path, std::move(out));
    return {};
}

result<Assets> Assets::load(const fs::path& folder, Limits limits) {
    Assets out;
    std::error_code failed;
    if (!fs::is_directory(folder, failed)) return out;
    std::size_t room = limits.bytes;
    fs::recursive_directory_iterator files(folder, failed);
    for (; !failed && files != fs::recursive_directory_iterator{}; files.increment(failed)) {
        std::error_code ignored;
        if (files->symlink_status(ignored).type() != fs::file_type::regular) continue;
        const std::string path = "/" + files->path().lexically_relative(folder).generic_string();
        if (path.ends_with(".br") || path.ends_with(".gz")) continue;
        if (!is_plain(path) || type_of(path).empty()) {
            log::warn("console_file_skipped", {{"path", path}});
            continue;
        }
        if (out.files_.size() == limits.files) return too_large(folder);
        if (auto taken = out.take(files->path(), path, room); !taken) return taken.error();
    }
    if (failed) {
        return Error{"cannot list the console's files: " + failed.message(), folder.string(),
                     "make the folder readable for anju, or install the package again"};
    }
    return out;
}

void Assets::add_to(Router& router) const {
    const auto handler = [this](const Request& request) { return answer(request); };
    router.add("GET", "/", handler, Router::On::server);
    std::string folder;  // the files are sorted: those of a folder stand together
    for (const auto& [path, file] : files_) {
        const std::size_t slash = path.find('/', 1);
        if (slash == std::string::npos) {
            router.add("GET", path, handler, Router::On::server);
        } else if (path.substr(0, slash) != folder) {
            folder = path.substr(0, slash);
            router.add("GET", folder + "/{rest...}", handler, Router::On::server);
        }
    }
}

Response Assets::answer(const Request& request) const {
    if (!installed()) return not_installed();
    const auto found = files_.find(request.path == "/" ? "/index.html" : request.path);
    if (found == files_.end())
        return {404, "text/plain; charset=utf-8", "没有这个文件 / no such file\n"};
    const File& file = found->second;
    const Variant& variant = *std::ranges::find_if(file.variants, [&](const Variant& one) {
        return one.coding.empty() || accepts(request.accept_encoding, one.coding);
    });
    Response out{200, file.type, {}};
    out.fields = {
        pair("ETag", variant.tag),
        pair("Vary", "Accept-Encoding"),
        pair("Cache-Control", file.hashed ? "public, max-age=31536000, immutable" : "no-cache"),
        pair("Content-Security-Policy", policy),
        pair("Cross-Origin-Opener-Policy", "same-origin"),
        pair("Cross-Origin-Resource-Policy", "same-origin"),
    };
    if (named_tag(request.if_none_match, variant.tag)) {
        out.status = 304;
        return out;
    }
    if (!variant.coding.empty()) out.fields.push_back(pair("Content-Encoding", variant.coding));
    out.shared_body = variant.bytes;
    return out;
}

}  // namespace anju::http
