#include "app/replay/export.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "app/replay/trace_row.hpp"
#include "core/codec/codec.hpp"
#include "core/engine.hpp"
#include "recorded/local_time.hpp"
#include "recorded/unique_names.hpp"

namespace anju::replay {

namespace {

constexpr std::uint64_t most_rows = 20'000'000;
constexpr std::size_t longest_file = 128;  // without its ending
constexpr std::size_t longest_name = 64;   // of a sensor, as recordings have it

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
            const bool is = device.kind == SensorKind::door && device.entrance;
            is ? void(entrances_.insert(device.id)) : void(entrances_.erase(device.id));
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
        if (const auto made = make_folder(); !made) return made.error();
        for (auto& [household, rows] : homes_) {
            std::ranges::stable_sort(rows, {}, &TraceRow::at);
            const std::uint64_t gone = draw_water(rows);
            out_.rows -= gone;
            out_.left_out += gone;
            if (rows.empty()) continue;
            if (const auto done = write(household, rows); !done) return done.error();
            ++out_.homes;
        }
        return out_;
    }

private:
    /// For its owner alone where it is new. One that is there is somebody's: its files are closed.
    result<void> make_folder() const {
        std::error_code error;
        std::filesystem::create_directories(options_.folder.parent_path(), error);
        if (::mkdir(options_.folder.c_str(), S_IRWXU) == 0) return {};
        if (errno == EEXIST && std::filesystem::is_directory(options_.folder, error)) return {};
        return Error{std::string("cannot make the folder: ") + std::strerror(errno),
                     options_.folder.string(), "take one of your own"};
    }

    std::optional<TraceRow> row_of(const DeviceId& device, const Reading& reading, Instant heard) {
        if (is_retained(reading)) return std::nullopt;
        TraceRow row;
        row.at =
            (reading.event_time == Instant{} ? heard : reading.event_time) + options_.utc_offset;
        row.milli = reading.value * 1000;
        switch (reading.kind) {
            case ReadingKind::contact_open:
                row.kind = entrances_.contains(device) ? "door" : "contact";
                break;
            case ReadingKind::motion:
                row.kind = "motion";
                break;
            case ReadingKind::bed_occupied:
                row.kind = "pressure";
                break;
            case ReadingKind::water_used_ml:
            case ReadingKind::water_total_ml:
                row.kind = "water";
                row.milli = reading.value;  // millilitres are thousandths of a litre
                row.is_register = reading.kind == ReadingKind::water_total_ml;
                break;
            default:
                return std::nullopt;
        }
        if (row.milli < 0) return std::nullopt;
        row.sensor = number_of(device, row.kind);
        return row;
    }

    /// Recordings give every sensor one kind: what a device says of another has a name of its own.
    std::uint32_t number_of(const DeviceId& device, const std::string& kind) {
        const auto [found, added] =
            numbers_.try_emplace({device, kind}, static_cast<std::uint32_t>(names_.size()));
        if (!added) return found->second;
        const bool another = !spoken_.insert(device).second;
        names_.push_back(given_.give(plain(device.value) + (another ? "-" + kind : "")));
        return found->second;
    }

    result<void> write(const HouseholdId& household, const std::vector<TraceRow>& rows) {
        const auto path =
            (options_.folder / (files_.give(plain(household.value)) + ".csv")).string();
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
    std::map<std::pair<DeviceId, std::string>, std::uint32_t> numbers_;
    std::set<DeviceId> spoken_;
    recorded::UniqueNames given_{longest_name};
    std::vector<std::string> names_;
    recorded::UniqueNames files_{longest_file};
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
