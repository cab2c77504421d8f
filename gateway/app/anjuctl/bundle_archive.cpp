#include "app/anjuctl/bundle_archive.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <utility>

#include "core/check.hpp"

namespace anju::ctl {
namespace {

constexpr std::size_t block = 512;
constexpr int gzip_window = 15 + 16;  // zlib.h: 16 more asks for the gzip wrapper
constexpr int memory_level = 8;

using Header = std::array<char, block>;

void put(Header& header, std::size_t at, std::string_view text) {
    std::ranges::copy(text, header.begin() + static_cast<std::ptrdiff_t>(at));
}

/// Octal digits and a NUL, in a field of that width.
void put_octal(Header& header, std::size_t at, std::size_t width, std::uint64_t value) {
    put(header, at, fmt::format("{:0{}o}", value, width - 1));
}

Header header_of(std::string_view name, std::size_t size, long modified) {
    Header out{};
    put(out, 0, name);
    put_octal(out, 100, 8, 0600);
    put_octal(out, 108, 8, 0);  // root's
    put_octal(out, 116, 8, 0);
    put_octal(out, 124, 12, size);
    put_octal(out, 136, 12, static_cast<std::uint64_t>(std::max(modified, 0L)));
    put(out, 148, "        ");  // the sum counts its own field as blanks
    out[156] = '0';             // a regular file
    put(out, 257,
        std::string_view("ustar\0"
                         "00",
                         8));
    unsigned sum = 0;
    for (const char byte : out) sum += static_cast<unsigned char>(byte);
    put(out, 148, fmt::format("{:06o}", sum));
    out[154] = '\0';
    return out;
}

}  // namespace

void Archive::add(std::string_view name, std::string_view content) {
    ANJU_CHECK(name.size() <= 100, "a longer name has no place in a ustar header");
    const Header header = header_of(name, content.size(), modified_);
    tar_.append(header.data(), header.size());
    tar_ += content;
    tar_.append((block - content.size() % block) % block, '\0');
}

result<std::string> Archive::gzip() const {
    std::string in = tar_ + std::string(2 * block, '\0');
    z_stream stream{};
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, gzip_window, memory_level,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
        return Error{"cannot compress", "", "free some memory"};
    }
    std::string out(deflateBound(&stream, static_cast<uLong>(in.size())), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int ended = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    if (ended != Z_STREAM_END) return Error{"cannot compress", "", "free some memory"};
    return result<std::string>{boost::system::in_place_value, std::move(out)};
}

}  // namespace anju::ctl
