#include "provision/written.hpp"

#include <array>
#include <sstream>

#include "provision/openssl.hpp"
#include "provision/places.hpp"

namespace anju::provision {

std::string digest_of(std::string_view content) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    // Fails only without memory; an empty digest is no text's.
    if (EVP_Digest(content.data(), content.size(), digest.data(), &size, EVP_sha256(), nullptr) !=
        1) {
        return {};
    }
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (unsigned i = 0; i < size; ++i) {
        out += digits[digest[i] >> 4U];
        out += digits[digest[i] & 15U];
    }
    return out;
}

result<WrittenTexts> WrittenTexts::read(const Tree& tree) {
    auto there = tree.read(place::written);
    if (!there) return there.error();
    WrittenTexts out;
    out.on_disk_ = there->value_or("");
    std::istringstream lines(out.on_disk_);
    for (std::string line; std::getline(lines, line);) {
        const std::size_t space = line.find(' ');
        // A damaged line is one less that we know: its text then counts as somebody's.
        if (space == std::string::npos) continue;
        out.digests_[line.substr(space + 1)].insert(line.substr(0, space));
    }
    return out;
}

bool WrittenTexts::wrote(std::string_view path, std::string_view content) const {
    const auto ours = digests_.find(path);
    return ours != digests_.end() && ours->second.contains(digest_of(content));
}

void WrittenTexts::announce(std::string_view path, std::string_view content) {
    digests_[std::string(path)].insert(digest_of(content));
}

void WrittenTexts::settle(std::string_view path, std::string_view content) {
    digests_[std::string(path)] = {digest_of(content)};
}

std::string WrittenTexts::text() const {
    std::string out;
    for (const auto& [path, digests] : digests_) {
        for (const std::string& digest : digests)
            out.append(digest).append(" ").append(path) += '\n';
    }
    return out;
}

result<void> WrittenTexts::save(const Tree& tree) {
    std::string now = text();
    if (now == on_disk_) return {};
    if (const auto put = tree.write(place::written, now, access::nobody); !put) return put;
    on_disk_ = std::move(now);
    return {};
}

result<std::vector<std::string>> read_due(const Tree& tree) {
    const auto there = tree.read(place::due);
    if (!there) return there.error();
    std::vector<std::string> out;
    std::istringstream lines(there->value_or(""));
    for (std::string line; std::getline(lines, line);) {
        if (!line.empty()) out.push_back(line);
    }
    return out;
}

result<void> write_due(const Tree& tree, const std::vector<std::string>& paths) {
    std::string text;
    for (const std::string& path : paths) text.append(path) += '\n';
    const auto there = tree.read(place::due);
    if (!there) return there.error();
    if (there->value_or("") == text) return {};
    if (text.empty()) return tree.remove(place::due);
    return tree.write(place::due, text, access::nobody);
}

}  // namespace anju::provision
