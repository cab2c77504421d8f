// Reads a directory file: communities first, for homes build upon them. A mistake here would leave
// somebody unwatched or uncared for, so the file is taken as a whole or not at all.
#include <algorithm>

#include "config/directory_reader.hpp"

namespace anju::config {

bool good_id(const std::string& id) {
    return !id.empty() && id.size() <= 64 && std::ranges::none_of(id, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte <= 0x20 || byte == 0x7f || c == '/' || c == '+' || c == '#' || c == '"';
    });
}

bool control_character(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
}

std::string Ids::read(Section& section) {
    if (!section.require("id", R"("…")")) return {};
    auto text = section.text("id");
    if (!text) return {};
    if (!good_id(*text)) {
        section.wrong("id", "'" + *text + "' cannot be an id",
                      "use 1 to 64 bytes without blanks and without / + # \"");
        return {};
    }
    const auto [first, is_new] = seen_.try_emplace(*text, section.where("id"));
    if (!is_new) {
        section.wrong("id", "'" + *text + "' is used twice, first at " + first->second,
                      "give every " + std::string(what_) + " an id of its own");
    }
    return std::move(*text);
}

std::string read_line(Section& section, std::string_view key, std::size_t longest) {
    auto text = section.text(key);
    if (!text) return {};
    if (text->size() > longest) {
        section.wrong(key, "is longer than " + std::to_string(longest) + " bytes", "shorten it");
    } else if (std::ranges::any_of(*text, control_character)) {
        section.wrong(key, "holds a control character", "write one line of text");
    }
    return std::move(*text);
}

std::string read_phone(Section& section, std::string_view key) {
    auto text = section.text(key);
    if (!text) return {};
    const auto digits = std::ranges::count_if(*text, [](char c) { return c >= '0' && c <= '9'; });
    const bool dialled = std::ranges::all_of(*text, [](char c) {
        return (c >= '0' && c <= '9') || c == ' ' || c == '+' || c == '-' || c == '(' || c == ')';
    });
    if (!dialled || digits < 3 || text->size() > 32) {
        section.wrong(key, "'" + *text + "' is not a number that can be dialled",
                      "write digits, at least 3; blanks, + - ( ) may stand among them");
    }
    return std::move(*text);
}

boost::system::result<Directory, Errors> parse_directory(std::string_view toml,
                                                         std::string_view file_name,
                                                         const DirectoryBase& base,
                                                         const DirectoryNames& names) {
    Report report{std::string(file_name)};
    toml::table root;
    try {
        root = toml::parse(toml, file_name);
    } catch (const toml::parse_error& error) {
        report.add(error.source(), "not TOML: " + std::string(error.description()),
                   "correct this line; whatever follows was not looked at");
        return report.take();
    }
    Section top{root, nullptr, "", -1, report};
    Directory out;
    CommunityReader communities{base};
    for (Section& section : top.tables("community")) {
        out.communities.push_back(communities.read(section));
    }
    std::vector<const Community*> known;
    for (const Community& community : out.communities) known.push_back(&community);
    const bool dropped = base.replace && !out.communities.empty();
    for (const Community& community : base.registered) {
        if (!dropped) known.push_back(&community);
    }
    HomeReader homes{base, names, known};
    for (Section& section : top.tables("household")) out.homes.push_back(homes.read(section));
    top.finish();
    if (!report.empty()) return report.take();
    return out;
}

}  // namespace anju::config
