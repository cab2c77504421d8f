// See rig.hpp. The programs are those of this build, named by ANJU_BIN_DIR.
#include "tests/e2e/rig.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <csignal>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <utility>

#include "tests/support/shell.hpp"

namespace anju::test {
namespace {

const std::filesystem::path programs = ANJU_BIN_DIR;

constexpr const char* daemon_password = "daemon-7f3a";
constexpr const char* simulator_password = "simulator-51c0";
constexpr const char* gateway_password = "gateway-e29b";
constexpr const char* platform_password = "platform-03dd";

Broker::Options home_options() {
    Broker::Options options;
    options.users = {{"anjud", daemon_password}, {"simulator", simulator_password}};
    options.acl = {"pattern readwrite #", "pattern readwrite $oc/#"};  // # takes no topic with $
    options.extra = {"max_queued_messages 100000", "max_inflight_messages 1000"};
    return options;
}

Broker::Options district_options() {
    Broker::Options options;
    options.users = {{Rig::gateway_id, gateway_password}, {"platform", platform_password}};
    options.extra = {"max_queued_messages 100000", "max_inflight_messages 1000"};
    return options;
}

void write(const std::filesystem::path& path, const std::string& text) {
    std::ofstream(path, std::ios::trunc) << text;
    ::chmod(path.c_str(), S_IRUSR | S_IWUSR);
}

std::string read(const std::filesystem::path& path) {
    std::ostringstream out;
    out << std::ifstream(path).rdbuf();
    return out.str();
}

std::string directory_of(std::size_t count) {
    std::string homes;
    for (std::size_t home = 0; home < count; ++home) {
        homes += fmt::format(
            "[[household]]\nid = \"{0}\"\ncommunity = \"c1\"\n"
            "[[household.resident]]\nid = \"{0}-r\"\nname = \"居民{1}\"\n",
            Rig::household(home), home);
        for (const auto& [what, kind] : {std::pair{"water", "water_meter"},
                                         {"smoke", "smoke"},
                                         {"door", "door"},
                                         {"motion", "motion"}}) {
            homes += fmt::format(
                "[[household.device]]\nid = \"{0}\"\nkind = \"{1}\"\nlabel = \"{2}\"\n"
                "driver = \"native\"\naddress = \"{0}\"\n",
                Rig::device(home, what), kind, what);
        }
    }
    return homes;
}

std::string run(const std::string& command, int* code) {
    const Ran ran = run_in_shell(command + " 2>&1");
    if (code != nullptr) *code = ran.code;
    return ran.out;
}

std::string quoted(const std::vector<std::string>& arguments) {
    std::string out;
    for (const std::string& argument : arguments) out += " '" + argument + "'";
    return out;
}

}  // namespace

Rig::Rig(Options options)
    : options_(std::move(options)), home_(home_options()), district_(district_options()) {
    write_files();
}

Rig::~Rig() = default;

std::string Rig::household(std::size_t home) {
    return fmt::format("h{:05}", home);
}
std::string Rig::device(std::size_t home, const std::string& what) {
    return household(home) + "-" + what;
}

void Rig::write_files() {
    const auto& at = dir_.path();
    write(at / "anjud.password", std::string(daemon_password) + "\n");
    write(at / "gateway.password", std::string(gateway_password) + "\n");
    std::filesystem::create_directory(at / "credentials");
    write(at / "credentials" / "simulator", std::string(simulator_password) + "\n");
    write(at / "credentials" / "platform", std::string(platform_password) + "\n");
    std::string config = fmt::format(
        "[gateway]\nid = \"{}\"\ndata_dir = \"data\"\ncontrol_socket = \"control.sock\"\n"
        "[home]\nuri = \"{}\"\nusername = \"anjud\"\npassword_file = \"anjud.password\"\n",
        gateway_id, home_.uri());
    if (options_.district) {
        config += fmt::format(
            "[district]\nuri = \"{}\"\nusername = \"{}\"\npassword_file = \"gateway.password\"\n"
            "spread_reconnect = \"200ms\"\nheartbeat_every = \"5s\"\n",
            options_.district_port == 0
                ? district_.uri()
                : fmt::format("mqtt://127.0.0.1:{}", options_.district_port),
            gateway_id);
    }
    // Most tests wait for what a sensor measured; the product lets it wait for others. In front,
    // for what is appended may go on with the last section.
    if (options_.extra_config.find("[store]") == std::string::npos) {
        config = "[store]\nmeasurements_every = \"0s\"\n" + config;
    }
    write(at / "anju.toml", config + options_.extra_config);

    write(at / "homes.toml",
          options_.directory.empty() ? directory_of(options_.homes) : options_.directory);
    std::filesystem::create_directory(at / "data");
}

void Rig::start_daemon() {
    std::vector<std::string> argv;
    if (!options_.environment.empty()) {
        argv = {"/usr/bin/env"};
        argv.insert(argv.end(), options_.environment.begin(), options_.environment.end());
    }
    const std::filesystem::path anjud =
        options_.anjud.empty() ? programs / "anjud" : options_.anjud;
    argv.insert(argv.end(), {anjud.string(), "--config", (dir_.path() / "anju.toml").string()});
    daemon_ = Child(argv, dir_.path() / "anjud.log");
}

void Rig::start_platform() {
    platform_ = Child(
        {(programs / "anju-sim").string(), "platform", "--broker", district_.uri(), "--credentials",
         (dir_.path() / "credentials").string(), "--store", platform_file().string()},
        dir_.path() / "platform.log");
}

void Rig::start() {
    start_daemon();
    if (options_.district) start_platform();
    if (!daemon_ready(std::chrono::seconds{30})) {
        throw std::runtime_error("anjud does not answer:\n" + log("anjud"));
    }
    int code = 0;
    const std::string said =
        ctl({"residents", "import", (dir_.path() / "homes.toml").string()}, &code);
    if (code != 0) throw std::runtime_error("import failed: " + said + "\n" + log("anjud"));
}

bool Rig::daemon_ready(std::chrono::milliseconds limit) {
    const auto until = std::chrono::steady_clock::now() + limit;
    while (std::chrono::steady_clock::now() < until) {
        int code = 0;
        (void)ctl({"status"}, &code);
        if (code == 0) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds{30});
    }
    return false;
}

std::string Rig::ctl(const std::vector<std::string>& arguments, int* code) {
    return run((programs / "anjuctl").string() + " --json --socket " +
                   (dir_.path() / "control.sock").string() + quoted(arguments),
               code);
}

std::string Rig::sim(const std::vector<std::string>& arguments) {
    std::vector<std::string> all = arguments;
    all.insert(all.end(),
               {"--broker", home_.uri(), "--credentials", (dir_.path() / "credentials").string()});
    return run((programs / "anju-sim").string() + quoted(all), nullptr);
}

std::string Rig::ask_platform() const {
    const std::string said = run((programs / "anju-sim").string() + " platform-report --json '" +
                                     platform_file().string() + "'",
                                 nullptr);
    return said.starts_with('{') ? said : "";
}

std::size_t Rig::daemon_memory() const {
    std::ifstream status("/proc/" + std::to_string(daemon_.pid()) + "/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmRSS:")) return std::stoul(line.substr(6)) * 1024;
    }
    return 0;
}

std::optional<int> Rig::stop_daemon(std::chrono::milliseconds limit) {
    daemon_.signal(SIGTERM);
    return daemon_.wait(limit);
}

void Rig::stop_platform() {
    platform_.signal(SIGTERM);
    (void)platform_.wait(std::chrono::seconds{5});
}

mqtt::Endpoint Rig::home_endpoint(const std::string& client_id) const {
    mqtt::Endpoint endpoint;
    endpoint.uri = home_.uri();
    endpoint.client_id = client_id;
    endpoint.username = "simulator";
    endpoint.password = simulator_password;
    endpoint.clean_session = true;
    return endpoint;
}

mqtt::Endpoint Rig::district_endpoint(const std::string& client_id) const {
    mqtt::Endpoint endpoint = home_endpoint(client_id);
    endpoint.uri = district_.uri();
    endpoint.username = "platform";
    endpoint.password = platform_password;
    return endpoint;
}

std::string Rig::log(const std::string& name) const {
    return read(dir_.path() / (name + ".log"));
}

}  // namespace anju::test
