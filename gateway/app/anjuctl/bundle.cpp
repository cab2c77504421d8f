#include "app/anjuctl/bundle.hpp"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <deque>
#include <fstream>
#include <sstream>

#include "app/anjuctl/bundle_archive.hpp"
#include "app/anjuctl/bundle_filter.hpp"
#include "app/anjuctl/bundle_text.hpp"
#include "app/anjuctl/doctor.hpp"
#include "app/anjuctl/field.hpp"
#include "app/anjuctl/services.hpp"
#include "app/known_names.hpp"
#include "config/config.hpp"
#include "control/methods.hpp"
#include "provision/box.hpp"
#include "provision/places.hpp"
#include "store/table_counts.hpp"
#include "system/board.hpp"
#include "system/disk.hpp"

namespace anju::ctl {
namespace {

namespace json = boost::json;
namespace fs = std::filesystem;

constexpr std::size_t most_output = 8U << 20U;  ///< of a program, bytes

template <class T>
json::value maybe(const std::optional<T>& value) {
    return value ? json::value(*value) : json::value(nullptr);
}

/// Text of a file of the kernel's or of Debian's, for people; cut, and without control characters.
json::value words(std::string_view text) {
    if (text.empty()) return nullptr;
    std::string out;
    for (const char c : text.substr(0, 80)) out += c >= ' ' && c <= '~' ? c : '?';
    return json::value(out);
}

json::object board_json(const system::Board& board) {
    json::array storage;
    for (const system::Storage& one : board.storage) {
        json::value end;
        if (one.end_of_life) end = static_cast<unsigned>(*one.end_of_life);
        storage.push_back({{"name", one.name},
                           {"type", words(one.type)},
                           {"used_tenths", maybe(one.used_tenths)},
                           {"end_of_life", std::move(end)},
                           {"written_bytes", maybe(one.written_bytes)}});
    }
    json::value memory;
    if (board.memory) {
        memory = {{"total_bytes", board.memory->total_bytes},
                  {"available_bytes", maybe(board.memory->available_bytes)}};
    }
    return {{"kernel", words(board.kernel)},
            {"debian", words(board.debian)},
            {"model", words(board.model)},
            {"temperature_mc", maybe(board.temperature_mc)},
            {"throttled", maybe(board.throttled)},
            {"storage", std::move(storage)},
            {"memory", std::move(memory)},
            {"uptime_s", maybe(board.uptime_s)},
            {"root_read_only", maybe(board.root_read_only)}};
}

/// When they begin and end; whom they name stays on the box.
json::array certificates(const fs::path& machine) {
    constexpr std::array<std::string_view, 4> places{provision::place::ca, provision::place::web,
                                                     provision::place::broker_certificate,
                                                     provision::place::district};
    const provision::Tree tree(machine);
    json::array out;
    for (const std::string_view path : places) {
        const auto text = tree.read(path);
        if (text && !*text) continue;
        json::object row{{"file", json::string(path)}};
        const auto facts = text ? provision::look_at(**text) : text.error();
        row["readable"] = static_cast<bool>(facts);
        if (facts) {
            row["from"] = provision::day_of(facts->validity.from);
            row["until"] = provision::day_of(facts->validity.until);
            row["self_issued"] = facts->self_issued;
        }
        out.push_back(std::move(row));
    }
    return out;
}

json::object store_json(const config::Config& config) {
    json::object out;
    for (const char* const name : {"anju.db", "console.db"}) {
        const auto counts = store::count_rows(config.data_dir / name);
        if (!counts) {
            out[name] = {{"readable", false}};
            continue;
        }
        json::object tables;
        for (const auto& [table, rows] : counts->rows) tables[table] = rows;
        out[name] = {
            {"schema", counts->schema}, {"bytes", counts->bytes}, {"rows", std::move(tables)}};
    }
    if (const auto space = system::disk_space(config.data_dir)) {
        out["disk"] = {{"total_bytes", space->total_bytes},
                       {"free_bytes", space->free_bytes},
                       {"free_files", space->free_files},
                       {"read_only", space->read_only}};
    }
    return out;
}

std::string units_text() {
    if (!has_service_manager()) return "no service manager\n";
    return output_of({"systemctl", "show", "--no-pager",
                      "--property=Id,LoadState,ActiveState,SubState,Result,NRestarts,"
                      "ExecMainStatus,ActiveEnterTimestamp,MemoryCurrent,UnitFileState",
                      "anjud.service", "mosquitto.service", "anju-backup.service",
                      "anju-backup.timer", "anju-renew.service", "anju-renew.timer"},
                     most_output);
}

/// The newest lines of the log, each reduced to what may leave the box.
class Log {
public:
    explicit Log(std::size_t most) : most_(most) {}
    void ours(std::string_view line) {
        if (auto kept = keep_log_line(line)) return take(std::move(*kept));
        ++unknown_;
    }
    /// What systemd says of the unit names the unit and its processes only.
    void systemd(std::string_view at, std::string_view line) {
        take(fmt::format("{} systemd {}", at, line.substr(0, 200)));
    }
    [[nodiscard]] std::string text() const {
        std::string out = fmt::format("# {} lines that no rule knows were left out\n", unknown_);
        for (const std::string& line : lines_) out.append(line) += '\n';
        return out;
    }

private:
    void take(std::string line) {
        if (most_ == 0) return;
        if (lines_.size() == most_) lines_.pop_front();
        lines_.push_back(std::move(line));
    }

    std::size_t most_;
    std::size_t unknown_ = 0;
    std::deque<std::string> lines_;
};

std::string log_text(const BundleChoice& choice) {
    Log log(choice.log_lines);
    if (!choice.log_file.empty()) {
        std::ifstream file(choice.log_file);
        for (std::string line; std::getline(file, line);) log.ours(line);
        return log.text();
    }
    if (!has_service_manager()) return log.text();
    std::istringstream lines(output_of(
        {"journalctl", "--unit=anjud", "--no-pager", "--output=json",
         "--output-fields=MESSAGE,SYSLOG_IDENTIFIER", fmt::format("--lines={}", choice.log_lines)},
        most_output));
    for (std::string line; std::getline(lines, line);) {
        boost::system::error_code bad;
        const json::value entry = json::parse(line, bad);
        if (bad) continue;
        const std::string message = field(entry, "MESSAGE");
        if (field(entry, "SYSLOG_IDENTIFIER") == "systemd") {
            log.systemd(field(entry, "__REALTIME_TIMESTAMP"), message);
        } else {
            log.ours(message);
        }
    }
    return log.text();
}

/// Whole or not at all, and never over something that is there.
result<void> write_new(const fs::path& path, std::string_view content) {
    const auto failed = [&](int reason) {
        return Error{std::string("cannot write the file: ") + std::strerror(reason), path.string(),
                     "name another that does not exist, in a folder of yours"};
    };
    const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0) return failed(errno);
    while (!content.empty()) {
        const ssize_t put = write(fd, content.data(), content.size());
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) break;
        content.remove_prefix(static_cast<std::size_t>(put));
    }
    const int reason = content.empty() && fsync(fd) == 0 ? 0 : errno;
    if (close(fd) == 0 && reason == 0) return {};
    unlink(path.c_str());
    return failed(reason == 0 ? EIO : reason);
}

}  // namespace

int make_bundle(const Globals& globals, const BundleChoice& choice) {
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    Archive archive(static_cast<long>(now.time_since_epoch().count()));
    const auto add = [&archive](const char* name, const json::value& value) {
        archive.add(std::string("anju-support/") + name, json::serialize(value) + "\n");
    };
    add("about.json",
        {{"format", 1}, {"anjuctl", ANJU_VERSION}, {"made_at", fmt::format("{:%FT%TZ}", now)}});
    add("board.json", board_json(system::look_at_board(choice.machine)));
    add("certificates.json", certificates(choice.machine));

    Findings findings(Lang::en);
    DoctorOptions doctor{globals.config, std::nullopt, globals.timeout, choice.machine, {}};
    if (!globals.socket.empty()) doctor.socket = globals.socket;
    const json::value health = examine(doctor, findings);
    add("doctor.json", keep_findings(findings));
    add("health.json", keep_health(health));

    if (const auto config = config::load(globals.config, driver_names())) {
        archive.add("anju-support/config.toml", keep_config(config::masked(*config)));
        add("store.json", store_json(*config));
    }
    archive.add("anju-support/units.txt", units_text());
    archive.add("anju-support/log.txt", log_text(choice));

    const auto bytes = archive.gzip();
    const auto written = bytes ? write_new(choice.file, *bytes) : result<void>(bytes.error());
    if (!written) {
        complain({written.error()}, globals.lang);
        return exit_refused;
    }
    fmt::print("{}\n", fmt::format(fmt::runtime(text::bundle_made.in(globals.lang)), choice.file,
                                   bytes->size()));
    return exit_ok;
}

}  // namespace anju::ctl
