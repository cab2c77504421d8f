// The golden messages inside a profile: read from its file, and run.
#include <algorithm>

#include "core/model/names.hpp"
#include "drivers/json.hpp"
#include "drivers/profile/parse.hpp"
#include "drivers/profile/parts.hpp"

namespace anju::drivers::profile_file {
namespace {

constexpr std::size_t max_depth = 16;
constexpr std::string_view example = R"([["contact_open", 1], ["battery_pct", 87]])";

std::optional<ProfileVector::Expected> expected_in(const toml::node& node) {
    const toml::array* const item = node.as_array();
    if (item == nullptr || item->size() < 2 || item->size() > 3) return std::nullopt;
    const auto* const word = (*item)[0].as_string();
    const auto* const value = (*item)[1].as_integer();
    if (word == nullptr || value == nullptr) return std::nullopt;
    const auto kind = parse_reading_kind(word->get());
    if (!kind) return std::nullopt;
    ProfileVector::Expected out{*kind, value->get(), 0};
    if (item->size() == 2) return out;
    const toml::array* const flags = (*item)[2].as_array();
    if (flags == nullptr || flags->size() != 1 ||
        (*flags)[0].value_or(std::string_view{}) != "test")
        return std::nullopt;
    out.quality = quality::test;
    return out;
}

void read_readings(Section& section, ProfileVector& out) {
    const toml::array* const list = section.array("readings");
    if (list == nullptr) return;
    for (const toml::node& node : *list) {
        const auto expected = expected_in(node);
        if (expected) {
            out.readings.push_back(*expected);
        } else {
            section.mistakes().add(node.source(), "is not a reading",
                                   "write readings = " + std::string(example));
        }
    }
}

void read_input(Section& section, ProfileVector& out) {
    const auto bytes = section.text("bytes");
    if (bytes && (!from_hex(*bytes, out.bytes) || out.bytes.empty())) {
        section.wrong("bytes", "is not hexadecimal", "write pairs of digits, such as \"01 75 64\"");
    }
    const auto fields = section.text("fields");
    if (fields) {
        const auto parsed = parse_json(*fields, max_depth, {});
        if (!parsed) {
            section.wrong("fields", "is not JSON: " + parsed.error().text,
                          R"(write fields = '{"state": 1}')");
        }
        out.fields = *fields;
        section.exclude({"bytes", "port"}, "a vector holds either fields or bytes");
    }
    if (!section.has("bytes") && !section.has("fields")) section.require("bytes", "\"01 75 64\"");
}

std::string shown(const std::vector<ProfileVector::Expected>& readings,
                  const std::vector<std::string>& problems) {
    std::string out = "[";
    for (const auto& reading : readings) {
        if (out.size() > 1) out += ", ";
        out += "[\"" + std::string(name(reading.kind)) + "\", " + std::to_string(reading.value);
        out += (reading.quality & quality::test) != 0 ? ", [\"test\"]]" : "]";
    }
    out += "]";
    for (const std::string& problem : problems) out += " and problem " + problem;
    return out;
}

PayloadResult run(const Profile& profile, const ProfileVector& vector) {
    if (vector.fields.empty()) return read_bytes(profile, vector.bytes, vector.port);
    const auto fields = parse_json(vector.fields, max_depth, {});
    if (!fields) return fields.error();
    return read_fields(profile, *fields);
}

std::optional<ProfileError> check(const Profile& profile, const ProfileVector& vector) {
    const PayloadResult result = run(profile, vector);
    const std::string title = "vector \"" + vector.name + "\"";
    if (!result) {
        if (result.error().code == vector.error) return std::nullopt;
        return ProfileError{
            vector.where,
            title + " gives error " + result.error().code + ": " + result.error().text,
            "mend the layout or the vector"};
    }
    std::vector<ProfileVector::Expected> readings;
    for (const Reading& reading : result->readings) {
        readings.push_back({reading.kind, reading.value, reading.quality});
    }
    std::vector<std::string> problems;
    for (const Problem& problem : result->problems) problems.push_back(problem.code);
    if (vector.error.empty() && readings == vector.readings && problems == vector.problems) {
        return std::nullopt;
    }
    const std::string wanted =
        vector.error.empty() ? shown(vector.readings, vector.problems) : "error " + vector.error;
    return ProfileError{vector.where, title + " gives " + shown(readings, problems),
                        "mend the rule or the vector, which wants " + wanted};
}

}  // namespace

ProfileVector read_vector(Section& section) {
    ProfileVector out;
    section.require("name", "\"door open\"");
    out.name = section.text("name").value_or(std::string{});
    out.where = section.where("name");
    read_input(section, out);
    out.port = static_cast<std::uint8_t>(section.integer("port", 0, 255).value_or(0));
    read_readings(section, out);
    out.problems = section.texts("problems").value_or(std::vector<std::string>{});
    out.error = section.text("error").value_or(std::string{});
    if (section.has("error")) {
        section.exclude({"readings", "problems"}, "an error gives nothing else");
    } else {
        section.require("readings", example);
    }
    section.finish();
    return out;
}

std::vector<ProfileError> check_vectors(const Profile& profile) {
    std::vector<ProfileError> out;
    for (const ProfileVector& vector : profile.vectors) {
        if (auto mistake = check(profile, vector)) out.push_back(std::move(*mistake));
    }
    return out;
}

}  // namespace anju::drivers::profile_file
