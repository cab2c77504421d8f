#include "app/replay/export.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "core/codec/codec.hpp"
#include "core/engine.hpp"
#include "recorded/local_time.hpp"

namespace anju::replay {

namespace {

constexpr std::uint64_t most_rows = 20'000'000;

struct TraceRow {
    Instant at{};
    std::uint32_t sensor{};
    const char* kind{};
    std::int64_t milli{};  ///< thousandths of the value
};

/// Beyond them a file name or a field of a row would mean something else.
std::string plain(std::string text) {
    for (char& c : text) {
        if (c == '/' || c == ',' || static_cast<unsigned char>(c) < ' ') c = '-';
    }
    return text;
}

std::string value_of(std::int64_t milli) {
    std::string out = std::to_string(milli / 1000);
    std::string rest = std::to_string(1000 + milli % 1000).substr(1);
    while (rest.ends_with('0')) rest.pop_back();
    return rest.empty() ? out : out + "." + rest;
}

class Trace {
public:
    explicit Trace(const ExportOptions& options) : options_(options) {}

    void know(const Household& household) {
        for (const Device& device : household.devices) {
            if (device.kind == SensorKind::door && device.entrance) entrances_.insert(device.id);
        }
    }

    void add(const HouseholdId& household, const Observation& said, Instant heard) {
        for (const Reading& reading : said.readings) {
            const auto row = row_of(said.device, reading, heard);
            if (!row) {
                ++out_.left_out;
                continue;
            }
            ++out_.rows;
            homes_[household].push_back(*row);
        }
    }
    [[nodiscard]] bool full() const { return out_.rows > most_rows; }

    result<Exported> write() {
        std::error_code error;
        std::filesystem::create_directories(options_.folder, error);
        if (!error)
            std::filesystem::permissions(options_.folder, std::filesystem::perms::owner_all, error);
        if (error) {
            return Error{"cannot make the folder: " + error.message(), options_.folder.string(),
                         "take one of your own"};
        }
        for (auto& [household, rows] : homes_) {
            std::ranges::stable_sort(rows, {}, &TraceRow::at);
            if (const auto done = write(household, rows); !done) return done.error();
            ++out_.homes;
        }
        return out_;
    }

private:
    std::optional<TraceRow> row_of(const DeviceId& device, const Reading& reading, Instant heard) {
        if (is_retained(reading)) return std::nullopt;
        TraceRow row;
        row.at =
            (reading.event_time == Instant{} ? heard : reading.event_time) + options_.utc_offset;
        row.sensor = number_of(device);
        row.milli = reading.value * 1000;
        switch (reading.kind) {
            case ReadingKind::contact_open:
                row.kind = entrances_.contains(device) ? "door" : "contact";
                return row;
            case ReadingKind::motion:
                row.kind = "motion";
                return row;
            case ReadingKind::bed_occupied:
                row.kind = "pressure";
                return row;
            case ReadingKind::water_used_ml:
                row.kind = "water";
                row.milli = reading.value;
                return row;
            case ReadingKind::water_total_ml: {
                const auto [last, first] = registers_.try_emplace(device, reading.value);
                if (first) return std::nullopt;  // from where on is not known
                row.kind = "water";
                // A register that is lower is another meter's, or ran back: nothing was used.
                row.milli = std::max<std::int64_t>(reading.value - last->second, 0);
                last->second = reading.value;
                return row;
            }
            default:
                return std::nullopt;
        }
    }

    std::uint32_t number_of(const DeviceId& device) {
        const auto [found, added] =
            numbers_.try_emplace(device, static_cast<std::uint32_t>(names_.size()));
        if (added) names_.push_back(plain(device.value));
        return found->second;
    }

    result<void> write(const HouseholdId& household, const std::vector<TraceRow>& rows) const {
        const auto path = (options_.folder / (plain(household.value) + ".csv")).string();
        const int file =
            ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
        if (file < 0) {
            return Error{"cannot make the file", path, "take a new folder that you may write to"};
        }
        std::string text = "timestamp_iso_local,sensor_id,kind,value\n";
        bool good = true;
        const auto flush = [&] {
            for (std::size_t done = 0; good && done < text.size();) {
                const auto some = ::write(file, text.data() + done, text.size() - done);
                good = some > 0;
                if (good) done += static_cast<std::size_t>(some);
            }
            text.clear();
        };
        for (const TraceRow& row : rows) {
            text += recorded::format_time(row.at) + "," + names_[row.sensor] + "," + row.kind +
                    "," + value_of(row.milli) + "\n";
            if (text.size() > 1U << 20U) flush();
        }
        flush();
        if (::close(file) != 0 || !good) {
            return Error{"cannot write", path, "see whether the disk is full"};
        }
        return {};
    }

    const ExportOptions& options_;
    Exported out_;
    std::set<DeviceId> entrances_;
    std::map<DeviceId, std::uint32_t> numbers_;
    std::vector<std::string> names_;
    std::map<DeviceId, std::int64_t> registers_;
    std::map<HouseholdId, std::vector<TraceRow>> homes_;
};

/// What inputs that were pruned had said of the homes.
result<void> know_from_checkpoints(store::StoreReader& reader, Trace& trace) {
    const auto checkpoints = reader.oldest_checkpoints();
    if (!checkpoints) return checkpoints.error();
    for (const Checkpoint& checkpoint : *checkpoints) {
        Engine engine{{}};
        if (!engine.restore(checkpoint.bytes)) continue;  // of a community, or of a newer program
        if (const auto view = engine.view(checkpoint.household)) trace.know(view->household);
    }
    return {};
}

}  // namespace

result<Exported> export_traces(store::StoreReader& reader, const ExportOptions& options) {
    if (const auto held = reader.hold_snapshot(); !held) return held.error();
    const auto journal = reader.journal();
    if (!journal) return journal.error();
    Trace trace(options);
    if (const auto known = know_from_checkpoints(reader, trace); !known) return known.error();
    result<void> failure;
    const auto read = reader.inputs_after(journal->base, [&](const JournalEntry& entry) {
        if (options.household && entry.household != *options.household) return true;
        const auto input = decode_input(entry.bytes);
        if (!input) {
            failure = Error{"input " + std::to_string(entry.seq) + " cannot be decoded", "",
                            "use the program that came with the gateway"};
            return false;
        }
        if (const auto* set = std::get_if<HouseholdSet>(&*input)) trace.know(set->household);
        if (const auto* said = std::get_if<Observation>(&*input)) {
            trace.add(entry.household, *said, entry.at);
        }
        if (!trace.full()) return true;
        failure = Error{"more than 20 million rows", "", "export home by home with --household"};
        return false;
    });
    if (!read) return read.error();
    if (!failure) return failure.error();
    return trace.write();
}

}  // namespace anju::replay
