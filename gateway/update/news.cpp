#include "update/news.hpp"

#include <fstream>
#include <iterator>
#include <string>

namespace anju::update {
namespace {

constexpr std::streamsize most_bytes = 256 * 1024;

BoxUpdate::Outcome outcome_of(Ending ending) {
    switch (ending) {
        case Ending::updated:
            return BoxUpdate::Outcome::updated;
        case Ending::rolled_back:
            return BoxUpdate::Outcome::rolled_back;
        case Ending::failed:
            return BoxUpdate::Outcome::failed;
        case Ending::abandoned:
            return BoxUpdate::Outcome::abandoned;
        case Ending::none:
            break;
    }
    return BoxUpdate::Outcome::none;
}

}  // namespace

BoxUpdate news_of(const Record& record) {
    BoxUpdate out;
    out.outcome = outcome_of(record.ending);
    out.from = record.ended_from;
    out.to = record.ended_to;
    out.why = record.ended_why;
    out.noticed = record.ended_noticed;
    out.at = record.ended_at;
    out.step = name(record.step);
    out.waiting = record.step == Step::idle ? record.waiting : record.to;
    out.waiting_why = record.step == Step::idle ? record.waiting_why : "";
    for (const Refused& one : record.refused) {
        if (is_verdict(one.why)) out.refused.push_back(one.version);
    }
    out.failed_version = record.retry.version;
    out.failures = static_cast<std::uint32_t>(record.retry.failures);
    out.failed_why = record.retry.why;
    out.again_at = record.retry.at + record.retry.wait;
    return out;
}

std::optional<BoxUpdate> read_news(const std::filesystem::path& record) {
    std::ifstream file(record, std::ios::binary);
    if (!file) return std::nullopt;
    std::string text(static_cast<std::size_t>(most_bytes), '\0');
    file.read(text.data(), most_bytes);
    text.resize(static_cast<std::size_t>(file.gcount()));
    const auto understood = from_text(text);
    if (!understood) return std::nullopt;
    return news_of(*understood);
}

}  // namespace anju::update
