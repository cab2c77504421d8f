#include "drivers/profile/parse.hpp"

#include <algorithm>
#include <bit>

#include "core/model/names.hpp"
#include "drivers/catalog.hpp"
#include "drivers/profile/parts.hpp"

namespace anju::drivers::profile_file {
namespace {

constexpr std::size_t max_rules = 64;
constexpr std::size_t min_vectors = 2;
constexpr const char* tag_remedy =
    R"(write one to four bytes in hexadecimal, "?" for any digit: "?? 66")";

std::vector<std::string_view> driver_names() {
    std::vector<std::string_view> out;
    for (const Driver& driver : all_drivers()) out.push_back(driver.name);
    return out;
}

std::vector<std::string_view> codec_names() {
    std::vector<std::string_view> out;
    for (const PayloadCodec& codec : payload_codecs()) out.push_back(codec.name);
    return out;
}

bool is_profile_name(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::vector<std::string> steps_of(std::string_view path) {
    std::vector<std::string> out;
    while (true) {
        const auto dot = path.find('.');
        out.emplace_back(path.substr(0, dot));
        if (dot == std::string_view::npos) return out;
        path.remove_prefix(dot + 1);
    }
}

FieldRule read_field(Section& section) {
    FieldRule rule;
    section.require("path", "\"state\"");
    rule.path = section.text("path").value_or(std::string{});
    rule.steps = steps_of(rule.path);
    if (std::ranges::find(rule.steps, std::string{}) != rule.steps.end() && section.has("path")) {
        section.wrong("path", "has an empty step",
                      R"(write names and array positions with dots, such as "input:0.state")");
    }
    rule.pick = read_pick(section);
    rule.meaning = read_meaning(section, rule.pick && std::has_single_bit(rule.pick->mask));
    section.finish();
    return rule;
}

ByteRule read_byte_rule(Section& section, std::string_view default_type) {
    ByteRule rule;
    rule.place = read_place(section, default_type);
    const auto& pick = rule.place.pick;
    rule.meaning = read_meaning(section, pick && std::has_single_bit(pick->mask));
    rule.name = section.text("name").value_or(
        rule.meaning.kind ? std::string(name(*rule.meaning.kind)) : std::string("test"));
    return rule;
}

void read_tag_length(Section& section, std::string_view key, TagRule& rule) {
    if (section.is_integer(key)) {
        rule.length = static_cast<std::size_t>(section.integer(key, 0, 255).value_or(0));
        return;
    }
    static constexpr std::string_view words[] = {"u8"};
    (void)section.word(key, words);
}

TagRule read_tag(Section& section) {
    TagRule rule;
    section.require("tag", "\"01 75\"");
    const auto text = section.text("tag");
    if (text && !read_tag_pattern(*text, rule)) {
        section.wrong("tag", "'" + *text + "' is not a tag", tag_remedy);
    }
    section.require("length", "1");
    read_tag_length(section, "length", rule);
    rule.rule = read_byte_rule(section, rule.length == std::size_t{1} ? "u8" : "");
    const std::size_t needed = rule.rule->place.at + rule.rule->place.size;
    if (rule.length && needed > *rule.length) {
        section.wrong("length", "ends before the value does",
                      "the value needs " + std::to_string(needed) + " bytes");
    }
    section.finish();
    return rule;
}

/// skip = { "FF 0B" = 1 }: tags that are known and say nothing that is read.
void read_skipped(Section& layout, std::vector<TagRule>& out) {
    auto section = layout.table("skip");
    if (!section) return;
    for (const std::string_view key : section->keys()) {
        TagRule rule;
        if (!read_tag_pattern(key, rule)) {
            section->wrong(key, "is not a tag", tag_remedy);
        }
        read_tag_length(*section, key, rule);
        out.push_back(rule);
    }
}

std::optional<Condition> read_condition(Section& layout) {
    auto section = layout.table("when");
    if (!section) return std::nullopt;
    Condition out;
    out.place = read_place(*section, "u8");
    section->require("is", "[1]");
    out.is = section->literals("is").value_or(std::vector<Literal>{});
    section->finish();
    return out;
}

void check_length(Section& section, const Place& place, const Layout& layout) {
    if (place.at + place.size <= layout.min_length) return;
    section.wrong("at", "reaches beyond the shortest payload of this layout",
                  "give the layout length = n or min_length = n, with at least " +
                      std::to_string(place.at + place.size));
}

void read_lengths(Section& section, Layout& layout) {
    const auto length = section.integer("length", 1, 255);
    const auto shortest = section.integer("min_length", 1, 255);
    if (length) {
        section.exclude({"min_length"}, "length says both");
        layout.min_length = layout.max_length = static_cast<std::size_t>(*length);
    } else if (shortest) {
        layout.min_length = static_cast<std::size_t>(*shortest);
    }
}

void check_tags(Section& section, const Layout& layout) {
    for (const TagRule& rule : layout.tags) {
        for (const TagRule& other : layout.tags) {
            const bool same =
                rule.tag_size == other.tag_size && rule.tag == other.tag && rule.mask == other.mask;
            if (!same || rule.length == other.length) continue;
            return section.wrong("tlv", "gives one tag two lengths",
                                 "a tag may stand in several rules, with one length");
        }
    }
}

Layout read_layout(Section& section) {
    Layout layout;
    if (const auto ports = section.integers("ports", 1, 255)) {
        for (const std::int64_t port : *ports) {
            layout.ports.push_back(static_cast<std::uint8_t>(port));
        }
    }
    read_lengths(section, layout);
    layout.when = read_condition(section);
    for (Section& inner : section.tables("bytes")) {
        layout.bytes.push_back(read_byte_rule(inner, ""));
        check_length(inner, layout.bytes.back().place, layout);
        inner.finish();
    }
    layout.tags_from = static_cast<std::size_t>(section.integer("tlv_at", 0, 255).value_or(0));
    for (Section& inner : section.tables("tlv")) layout.tags.push_back(read_tag(inner));
    read_skipped(section, layout.tags);
    check_tags(section, layout);
    if (layout.bytes.size() > max_rules || layout.tags.size() > max_rules) {
        section.wrong("bytes", "and tlv hold more than 64 rules", "leave out what is not read");
    }
    section.finish();
    return layout;
}

void read_matching(Section& top, Profile& profile) {
    profile.drivers = top.texts("drivers").value_or(std::vector<std::string>{});
    const auto known = driver_names();
    for (const std::string& driver : profile.drivers) {
        if (std::ranges::find(known, driver) != known.end()) continue;
        top.wrong("drivers", "names no driver '" + driver + "'", suggestion(driver, known));
    }
    profile.match = top.texts("match").value_or(std::vector<std::string>{});
    for (std::string& pattern : profile.match) {
        const auto star = pattern.find('*');
        if (pattern.empty() || star == 0 ||
            (star != std::string::npos && star + 1 != pattern.size())) {
            top.wrong("match", "'" + pattern + "' is no pattern",
                      R"(write a model, or its beginning and a star: "WS301*")");
        }
        std::ranges::transform(pattern, pattern.begin(), lower);
    }
    if (!profile.match.empty() && profile.drivers.empty()) {
        top.wrong("match", "works only with drivers",
                  R"(add drivers = ["chirpstack"], those that say the model)");
    }
}

void read_head(Section& top, Profile& profile) {
    if (top.require("name", "\"maker-model\"")) {
        profile.name = top.text("name").value_or(std::string{});
        if (!profile.name.empty() && !is_profile_name(profile.name)) {
            top.wrong("name", "'" + profile.name + "' is not a name for a profile",
                      "write small letters, digits, '-' and '_', 64 at most");
        }
    }
    profile.maker = top.text("maker").value_or(std::string{});
    top.require("model", "\"WS301\"");
    profile.model = top.text("model").value_or(std::string{});
    top.require("about", "\"door contact\"");
    profile.about = top.text("about").value_or(std::string{});
    top.require("source", "\"Vendor's document, chapter\"");
    profile.source = top.text("source").value_or(std::string{});
    profile.note = top.text("note").value_or(std::string{});
    if (const auto sensor = top.word("sensor", sensor_kind_names())) {
        profile.sensor = parse_sensor_kind(*sensor);
    }
    profile.codec = top.word("codec", codec_names()).value_or(std::string{});
    read_matching(top, profile);
}

void read_rules(Section& top, Profile& profile) {
    for (Section& inner : top.tables("field")) profile.fields.push_back(read_field(inner));
    for (Section& inner : top.tables("layout")) profile.layouts.push_back(read_layout(inner));
    for (Section& inner : top.tables("vector")) profile.vectors.push_back(read_vector(inner));
    if (profile.fields.size() > max_rules || profile.layouts.size() > max_rules) {
        top.wrong("field", "and layout hold more than 64 rules", "leave out what is not read");
    }
    if (top.has("codec")) {
        top.exclude({"layout"}, "a codec reads the bytes already");
        if (profile.fields.empty()) return;
    } else if (!top.has("field") && !top.has("layout")) {
        return top.wrong("field", "and layout are both missing: the profile says nothing",
                         "add [[field]] for decoded fields or [[layout]] for bytes");
    }
    if (profile.vectors.size() < min_vectors) {
        top.wrong("vector", "has fewer than two examples",
                  "add [[vector]] sections: a message, and what it says");
    }
}

}  // namespace

Parsed parse(std::string_view text, std::string_view file_name) {
    Parsed out;
    Mistakes mistakes(file_name);
    toml::table root;
    try {
        root = toml::parse(text, file_name);
    } catch (const toml::parse_error& error) {
        mistakes.add(error.source(), std::string(error.description()), "mend the TOML syntax");
        out.mistakes = mistakes.take();
        return out;
    }
    Section top(root, "", mistakes);
    read_head(top, out.profile);
    read_rules(top, out.profile);
    top.finish();
    out.mistakes = mistakes.take();
    return out;
}

}  // namespace anju::drivers::profile_file
