// The lines of a gzip file, or of a plain one.
#pragma once

#include <zlib.h>

#include <memory>
#include <string>

#include "base/result.hpp"

namespace anju::recorded {

class GzipLines {
public:
    [[nodiscard]] static result<GzipLines> open(const std::string& path);

    /// True and the next line without its end; false at the end of the file.
    [[nodiscard]] result<bool> next(std::string& line);
    /// "file:line" of the line that next() gave last, for errors.
    [[nodiscard]] std::string where() const { return path_ + ":" + std::to_string(number_); }

private:
    struct Close {
        void operator()(gzFile_s* file) const { gzclose(file); }
    };

    GzipLines(std::string path, gzFile_s* file) : path_(std::move(path)), file_(file) {}

    std::string path_;
    std::unique_ptr<gzFile_s, Close> file_;
    std::size_t number_ = 0;
};

}  // namespace anju::recorded
