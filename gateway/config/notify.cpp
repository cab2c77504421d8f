#include "config/notify.hpp"

#include <algorithm>
#include <set>

#include "config/notify_section.hpp"
#include "config/units.hpp"

namespace anju::config {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

/// "09:00" as time since midnight.
std::optional<Duration> time_of_day(std::string_view text) {
    const auto digit = [&](std::size_t at) {
        return text[at] >= '0' && text[at] <= '9' ? text[at] - '0' : 100;
    };
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    const int hour = digit(0) * 10 + digit(1);
    const int minute = digit(3) * 10 + digit(4);
    if (hour > 23 || minute > 59) return std::nullopt;
    return hours{hour} + minutes{minute};
}

std::string clock_text(Duration time) {
    const auto all = std::chrono::duration_cast<minutes>(time).count();
    const auto two = [](std::int64_t value) {
        return (value < 10 ? "0" : "") + std::to_string(value);
    };
    return two(all / 60) + ":" + two(all % 60);
}

void read_digests(Section& section, Notify& notify) {
    if (const auto texts = section.texts("digest_at")) {
        notify.digests.clear();
        for (std::size_t i = 0; i < texts->size(); ++i) {
            if (const auto time = time_of_day((*texts)[i])) {
                notify.digests.push_back(*time);
            } else {
                section.wrong_element("digest_at", i,
                                      "holds '" + (*texts)[i] + "', which is no time of day",
                                      R"(write it like "09:00")");
            }
        }
        if (texts->empty()) {
            section.wrong("digest_at", "is empty", R"(name a time, such as ["09:00"])");
        }
    }
    if (const auto text = section.text("daily_digest_at")) {
        if (const auto time = time_of_day(*text)) {
            notify.daily_digest = *time;
        } else {
            section.wrong("daily_digest_at", "'" + *text + "' is no time of day",
                          R"(write it like "09:00")");
        }
    }
}

void read_languages(Section& section, Notify& notify) {
    const auto texts = section.texts("languages");
    if (!texts) return;
    notify.languages = *texts;
    std::set<std::string> seen;
    for (std::size_t i = 0; i < texts->size(); ++i) {
        const std::string& one = (*texts)[i];
        if ((one != "zh" && one != "en") || !seen.insert(one).second) {
            section.wrong_element("languages", i, "holds '" + one + "'",
                                  R"(write ["zh"], ["en"], ["zh", "en"] or ["en", "zh"])");
        }
    }
    if (texts->empty()) section.wrong("languages", "is empty", R"(write ["zh", "en"])");
}

void read_base_url(Section& section, Notify& notify) {
    const auto url = section.text("base_url");
    if (!url) return;
    notify.base_url = *url;
    while (notify.base_url.ends_with('/')) notify.base_url.pop_back();
    const bool web = url->starts_with("https://") || url->starts_with("http://");
    if (!web || url->find_first_of(" \t\"<>?#") != url->npos || url->size() > 200) {
        section.wrong("base_url", "'" + *url + "' is no address of the console",
                      R"(write it like "https://anju.example:8443")");
    }
}

}  // namespace

void read_notify(Section& section, Notify& notify, const std::filesystem::path& folder) {
    read_languages(section, notify);
    read_base_url(section, notify);
    if (const auto v = section.duration("link_valid", minutes{5}, hours{24 * 7})) {
        notify.link_valid = *v;
    }
    notify.full_names = section.boolean("full_names").value_or(false);
    read_digests(section, notify);
    std::set<std::string> names;
    for (Section& one : section.tables("channel")) {
        NotifyChannel channel = read_channel(one, folder);
        if (!channel.name.empty() && !names.insert(channel.name).second) {
            one.wrong("name", "'" + channel.name + "' is the name of another channel",
                      "give each its own");
        }
        notify.channels.push_back(std::move(channel));
    }
    section.finish();
}

void write_notify(Writer& out, const Notify& notify) {
    out.section("[notify]");
    out.list("languages", notify.languages,
             [](const std::string& text) { return std::string_view(text); });
    out.text("base_url", notify.base_url);
    out.duration("link_valid", notify.link_valid);
    out.boolean("full_names", notify.full_names);
    out.list("digest_at", notify.digests, &clock_text);
    out.text("daily_digest_at", clock_text(notify.daily_digest));
    for (const NotifyChannel& channel : notify.channels) write_channel(out, channel);
}

}  // namespace anju::config
