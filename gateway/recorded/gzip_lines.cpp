#include "recorded/gzip_lines.hpp"

#include <array>
#include <cerrno>
#include <cstring>

namespace anju::recorded {

result<GzipLines> GzipLines::open(const std::string& path) {
    gzFile_s* file = gzopen(path.c_str(), "rb");
    if (file == nullptr) {
        return Error{std::string("cannot be opened: ") + std::strerror(errno), path,
                     "check the path"};
    }
    return GzipLines(path, file);
}

result<bool> GzipLines::next(std::string& line) {
    line.clear();
    std::array<char, 4096> piece{};
    ++number_;
    while (gzgets(file_.get(), piece.data(), static_cast<int>(piece.size())) != nullptr) {
        line += piece.data();
        if (!line.ends_with('\n')) continue;
        line.pop_back();
        if (line.ends_with('\r')) line.pop_back();
        return true;
    }
    int code = Z_OK;
    const char* text = gzerror(file_.get(), &code);
    if (code != Z_OK && code != Z_STREAM_END) {
        return Error{std::string("cannot be read: ") + text, where(),
                     "the file is damaged or cut off: copy it again"};
    }
    return !line.empty();
}

}  // namespace anju::recorded
