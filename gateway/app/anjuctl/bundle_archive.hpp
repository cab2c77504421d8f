// A tar archive in gzip, made in memory: POSIX ustar (IEEE Std 1003.1, pax), which every system
// unpacks. Pure, but for zlib's memory.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace anju::ctl {

class Archive {
public:
    /// `modified`: Unix seconds, of every member.
    explicit Archive(long modified) : modified_(modified) {}

    /// `name` at most 100 bytes, relative. Readable by its owner alone when it is unpacked.
    void add(std::string_view name, std::string_view content);
    /// The archive, complete. An Error only when there is no memory.
    [[nodiscard]] result<std::string> gzip() const;

private:
    long modified_;
    std::string tar_;
};

}  // namespace anju::ctl
