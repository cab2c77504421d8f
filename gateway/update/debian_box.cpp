#include "update/debian_box.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <system_error>
#include <thread>
#include <utility>

#include "control/client.hpp"
#include "control/methods.hpp"
#include "provision/probe.hpp"
#include "provision/tree.hpp"
#include "system/system_clock.hpp"
#include "update/apt_text.hpp"
#include "update/command.hpp"
#include "update/packages.hpp"

namespace anju::update {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr std::chrono::seconds patience{10};

const json::value& member(const json::value& of, std::string_view key) {
    static const json::value none;
    const json::object* const object = of.if_object();
    const json::value* const found = object == nullptr ? nullptr : object->if_contains(key);
    return found == nullptr ? none : *found;
}

std::string text_of(const json::value& value) {
    return value.is_string() ? std::string(value.get_string()) : std::string{};
}

/// For the journal: the priority that systemd takes from the front of a line.
void log(int priority, const std::string& text) {
    if (std::getenv("JOURNAL_STREAM") != nullptr) {
        std::fprintf(stderr, "<%d>%s\n", priority, text.c_str());
    } else {
        std::fprintf(stderr, "%s\n", text.c_str());
    }
}

/// As the service manager has it; 0: nothing runs, or nobody can say.
std::int64_t main_pid(const std::string& unit) {
    const auto said = run_command({"systemctl", "show", "--property=MainPID", "--value", unit});
    return said && said->status == 0 ? std::strtoll(said->output.c_str(), nullptr, 10) : 0;
}

}  // namespace

result<Record> read_record(const fs::path& state) {
    const auto text = provision::Tree(state).read("/record.json");
    if (!text) return text.error();
    if (!*text) return Record{};
    if (auto record = from_text(**text)) return std::move(*record);
    return Error{"the record of the last update cannot be understood",
                 (state / "record.json").string(),
                 "see that `dpkg --audit` says nothing and anjud runs, then remove this file"};
}

std::optional<Turn> Turn::take(const fs::path& state) {
    std::error_code failed;
    fs::create_directories(state, failed);
    const int descriptor =
        ::open((state / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0) return std::nullopt;
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        ::close(descriptor);
        return std::nullopt;
    }
    return Turn(descriptor);
}

Turn::~Turn() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Turn::Turn(Turn&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

result<void> DebianBox::check() {
    // List-Cleanup: what apt knows of all the other sources stays.
    const auto said =
        hear(with(apt("apt-get", places_.source),
                  {"-o", "APT::Get::List-Cleanup=0", "-o", "APT::Update::Error-Mode=any", "-o",
                   "Acquire::AllowInsecureRepositories=false", "-o",
                   "Acquire::AllowDowngradeToInsecureRepositories=false", "-o",
                   "Acquire::Check-Valid-Until=true", "update"}));
    if (!said) return said.error();
    return {};
}

result<Facts> DebianBox::look(Look what) {
    const auto installed = installed_now();
    if (!installed) return installed.error();
    Facts out;
    const ClockReading clock = system::SystemClock().read();
    out.now = clock.wall;
    out.clock_right = clock.state == ClockState::synchronised;
    out.up = steady();
    out.utc_offset = places_.utc_offset;
    out.installed = installed->version;
    if (what != Look::all || out.installed.empty()) return out;
    auto beyond = offers_beyond(places_.source, *installed, places_.gateway_id);
    if (!beyond) return beyond.error();
    out.offers = std::move(*beyond);
    std::error_code unknown;
    out.room =
        std::min(fs::space(places_.state, unknown).available, fs::space("/usr", unknown).available);
    if (unknown) return Error{"cannot see how much room there is", places_.state.string(), ""};
    const auto asked = control::call(
        places_.socket,
        {std::string(control::method::alerts_list), {{"all", false}, {"limit", control::max_rows}}},
        patience);
    // Whether one that does not answer is a reason to wait the plan decides: an update may be its
    // cure.
    const json::value& alerts = member(asked.result, "alerts");
    out.answers = asked.kind == control::Outcome::Kind::ok && alerts.is_array();
    if (!out.answers) return out;
    for (const json::value& alert : alerts.get_array()) {
        const std::string priority = text_of(member(alert, "priority"));
        const std::string state = text_of(member(alert, "state"));
        const bool practised = member(alert, "drill").is_string();
        if ((priority == "P1" || priority == "P2") && state != "resolved" && !practised) {
            ++out.urgent;
        }
    }
    return out;
}

result<void> DebianBox::save(const Record& record) {
    return provision::Tree(places_.state).write("/record.json", to_text(record), {.mode = 0644});
}

fs::path DebianBox::folder_of(const std::string& version) const {
    return places_.state / "packages" / folder_name(version);
}

result<void> DebianBox::prepare(const std::string& from, const std::string& to) {
    const auto installed = installed_now();
    if (!installed) return installed.error();
    for (const std::string& version : {from, to}) {
        auto kept = keep_packages(places_.source, folder_of(version), version, installed->packages);
        if (!kept) return kept;
    }
    // After a power cut the program that began goes on, not the new one, which may be the one that
    // does not work: anju-update.service looks here first.
    std::error_code failed;
    const fs::path copy = places_.state / "anjuctl";
    const fs::path made = places_.state / "anjuctl.new";
    fs::copy_file("/proc/self/exe", made, fs::copy_options::overwrite_existing, failed);
    if (!failed) fs::permissions(made, fs::perms{0755}, failed);
    sync_path(made);
    if (!failed) fs::rename(made, copy, failed);
    sync_path(places_.state);
    if (failed) return Error{"cannot keep this program: " + failed.message(), copy.string(), ""};
    return {};
}

Put DebianBox::install(const std::string& version) {
    const auto installed = installed_now();
    if (!installed) return {installed.error().text(), false};
    if (const auto same =
            packages_match(places_.source, folder_of(version), version, installed->packages);
        !same) {
        return {same.error().text(), false};
    }
    return put_packages(folder_of(version), false);
}

result<void> DebianBox::put_back(const std::string& version) {
    Put put = put_packages(folder_of(version), true);
    if (put.trouble.empty()) return {};
    return Error{std::move(put.trouble), version, ""};
}

void DebianBox::forget_others(const std::string& one, const std::string& other) {
    forget_program();
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(places_.state / "packages", ignored)) {
        const std::string name = entry.path().filename();
        if (name != folder_name(one) && name != folder_name(other)) {
            fs::remove_all(entry.path(), ignored);
        }
    }
}

void DebianBox::forget_program() {
    std::error_code ignored;
    fs::remove(places_.state / "anjuctl", ignored);
}

Health DebianBox::health() {
    Health out;
    const auto state = run_command({"systemctl", "is-active", "--quiet", "anjud.service"});
    out.active = state && state->status == 0;
    const auto asked =
        control::call(places_.socket, {std::string(control::method::status), {}}, patience);
    if (asked.kind != control::Outcome::Kind::ok) {
        out.opening = asked.errors.front().what.starts_with(control::still_starting);
        if (out.opening) out.pid = main_pid("anjud.service");
        return out;
    }
    out.answers = true;
    out.version = text_of(member(asked.result, "version"));
    const json::value& pid = member(asked.result, "pid");
    if (pid.is_number()) out.pid = pid.to_number<std::int64_t>();
    const json::value& store = member(asked.result, "store");
    const json::value& epoch = member(store, "epoch");
    if (epoch.is_number()) out.epoch = epoch.to_number<std::uint64_t>();
    out.store_low = text_of(member(store, "space")) == "low";
    const json::value& links = member(asked.result, "links");
    if (!links.is_array()) return out;
    for (const json::value& link : links.get_array()) {
        if (member(link, "connected") == json::value(true)) {
            out.links.push_back(text_of(member(link, "name")));
        }
    }
    return out;
}

HomeBroker DebianBox::home_broker() {
    HomeBroker out;
    out.pid = main_pid("mosquitto.service");
    // One that turns strangers away answers all the same.
    const auto port = port_on_this_box(places_.home);
    out.answers = !port || provision::knock(*port, "", "", patience);
    return out;
}

void DebianBox::restart_home_broker() {
    log(4, "update: the home broker does not answer, and is started anew");
    // Whatever comes of it shows in what follows.
    static_cast<void>(run_command({"systemctl", "restart", "mosquitto.service"}));
}

std::optional<std::uint16_t> port_on_this_box(std::string_view uri) {
    constexpr std::string_view clear = "mqtt://";
    constexpr std::uint16_t registered = 1883;
    if (!uri.starts_with(clear)) return std::nullopt;
    uri.remove_prefix(clear.size());
    const std::string_view host = uri.substr(0, uri.find(':'));
    if (host != "localhost" && host != "127.0.0.1") return std::nullopt;
    uri.remove_prefix(host.size());
    if (uri.empty()) return registered;
    uri.remove_prefix(1);
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(uri.data(), uri.data() + uri.size(), port);
    if (error != std::errc{} || end != uri.data() + uri.size() || port == 0) return std::nullopt;
    return port;
}

Duration DebianBox::steady() {
    return std::chrono::floor<Duration>(std::chrono::steady_clock::now().time_since_epoch());
}

void DebianBox::pause(Duration length) {
    std::this_thread::sleep_for(length);
}

void DebianBox::tell(const Action& action, const Record& record) {
    constexpr std::array words{"nothing to do",
                               "fetching and keeping packages for",
                               "installing",
                               "waiting for anjud to do its work as",
                               "putting back",
                               "waiting for anjud to do its work again as",
                               "leaving alone what was installed by hand,"};
    std::string text = std::string("update: ") + words.at(static_cast<std::size_t>(action.what)) +
                       " " + action.version;
    if (record.begun > 1) text += ", for the " + std::to_string(record.begun) + ". time";
    log(5, text);
}

void DebianBox::tell_end(const Record& record) {
    const bool bad = record.ending == Ending::failed;
    const bool back = bad || record.ending == Ending::rolled_back;
    log(bad    ? 3
        : back ? 4
               : 5,
        "update: " + std::string(name(record.ending)) + ", from " + record.ended_from + " to " +
            record.ended_to + (record.ended_why.empty() ? "" : ": " + record.ended_why));
}

result<void> DebianBox::can_go_back(const std::string& version) {
    const fs::path folder = folder_of(version);
    if (version.empty()) {
        return Error{"no earlier version is kept here", folder.string(),
                     "install the packages of the version that you want by hand"};
    }
    if (auto good = packages_hold(folder); !good) return good;
    const auto installed = installed_now();
    if (!installed) return installed.error();
    const auto formats = formats_in(folder);
    if (!formats) return formats.error();
    if (way_back(*formats, installed->formats)) return {};
    return Error{
        "version " + version + " does not read the stores that " + installed->version + " leaves",
        folder.string(), "stay, or restore a backup from before the update"};
}

}  // namespace anju::update
