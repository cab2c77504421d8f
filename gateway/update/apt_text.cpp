#include "update/apt_text.hpp"

#include <strings.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace anju::update {
namespace {

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != text.npos;
}

/// " installed anju-gateway package post-installation script subprocess returned error exit status
/// 1". "new" where it is being unpacked; "old" is the version before, which is not to blame the new
/// one for.
bool tells_of_a_script(std::string_view line) {
    const std::size_t first = line.find_first_not_of(' ');
    if (first == line.npos) return false;
    line.remove_prefix(first);
    if (!line.starts_with("installed anju-") && !line.starts_with("new anju-")) return false;
    constexpr std::string_view words = " script subprocess returned error exit status ";
    const std::size_t told = line.find(words);
    if (told == line.npos) return false;
    // 128 and more: a shell's way to say that something was ended by a signal, by a want of memory
    // perhaps. That is not the version's doing.
    int status = 0;
    const std::string_view number = line.substr(told + words.size());
    std::from_chars(number.data(), number.data() + number.size(), status);
    return status > 0 && status < 128;
}

}  // namespace

std::vector<std::string> paragraphs_of(const std::string& text) {
    std::vector<std::string> out;
    std::size_t from = 0;
    while (from < text.size()) {
        const std::size_t to = std::min(text.find("\n\n", from), text.size());
        if (to > from) out.push_back(text.substr(from, to - from));
        from = to + 2;
    }
    return out;
}

std::string field_of(const std::string& paragraph, const std::string& field) {
    for (std::size_t from = 0; from < paragraph.size();) {
        const std::size_t to = std::min(paragraph.find('\n', from), paragraph.size());
        const std::size_t colon = paragraph.find(':', from);
        if (colon < to && colon - from == field.size() &&
            ::strncasecmp(paragraph.data() + from, field.data(), field.size()) == 0) {
            const std::string value = paragraph.substr(colon + 1, to - colon - 1);
            const std::size_t first = value.find_first_not_of(" \t");
            if (first == std::string::npos) return "";
            return value.substr(first, value.find_last_not_of(" \t\r") - first + 1);
        }
        from = to + 1;
    }
    return "";
}

bool good_version(std::string_view version) {
    return !version.empty() && version.front() >= '0' && version.front() <= '9' &&
           std::ranges::all_of(version, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '.' || c == '+' || c == '~' || c == ':' || c == '-';
           });
}

std::string folder_name(std::string_view version) {
    std::string out(version);
    std::ranges::replace(out, ':', '_');
    return out;
}

std::vector<Sum> sums_in(const std::string& shown, const std::string& version,
                         const std::vector<std::string>& packages) {
    const std::vector<std::string> paragraphs = paragraphs_of(shown);
    std::vector<Sum> out;
    for (const std::string& package : packages) {
        for (const std::string& paragraph : paragraphs) {
            if (field_of(paragraph, "Package") != package ||
                field_of(paragraph, "Version") != version ||
                field_of(paragraph, "Filename").empty()) {
                continue;
            }
            Sum sum{package, 0, field_of(paragraph, "SHA256")};
            const std::string size = field_of(paragraph, "Size");
            const auto [end, error] =
                std::from_chars(size.data(), size.data() + size.size(), sum.size);
            const bool whole = error == std::errc{} && end == size.data() + size.size();
            const bool hex = std::ranges::all_of(sum.sha256, [](char c) {
                return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
            });
            if (!whole || !hex || sum.sha256.size() != 64) continue;
            if (std::ranges::find(out, sum) == out.end()) out.push_back(std::move(sum));
        }
    }
    return out;
}

std::string differs(const std::vector<Sum>& indexed, const std::vector<Sum>& files) {
    const auto same = [](const Sum& one, const Sum& other) {
        return one.size == other.size && one.sha256 == other.sha256;
    };
    for (const Sum& file : files) {
        if (std::ranges::none_of(indexed, [&](const Sum& sum) { return same(sum, file); })) {
            return file.name;
        }
    }
    for (const Sum& sum : indexed) {
        if (std::ranges::count_if(files, [&](const Sum& file) { return same(sum, file); }) != 1) {
            return sum.name;
        }
    }
    return "";
}

std::vector<std::string> names_in_sums(const std::string& sums) {
    std::vector<std::string> out;
    for (std::size_t from = 0; from < sums.size();) {
        const std::size_t to = std::min(sums.find('\n', from), sums.size());
        const std::size_t name = from + 64 + 2;  // the digits and two spaces
        if (name < to) out.push_back(sums.substr(name, to - name));
        from = to + 1;
    }
    std::ranges::sort(out);
    return out;
}

bool own_scripts_failed(std::string_view said) {
    constexpr std::array of_the_world{"No space left on device", "Disk quota exceeded",
                                      "Cannot allocate memory",  "Read-only file system",
                                      "Input/output error",      "was killed by signal"};
    if (std::ranges::any_of(of_the_world, [&](const char* one) { return contains(said, one); })) {
        return false;
    }
    for (std::size_t from = 0; from < said.size();) {
        const std::size_t to = std::min(said.find('\n', from), said.size());
        if (tells_of_a_script(said.substr(from, to - from))) return true;
        from = to + 1;
    }
    return false;
}

}  // namespace anju::update
