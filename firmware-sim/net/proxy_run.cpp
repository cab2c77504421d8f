#include "firmware-sim/net/proxy_run.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <boost/asio.hpp>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <sstream>

namespace anju::sim {

namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr std::size_t longest_line = 4096;

int fail(const Error& error) {
    fmt::print(stderr, "anju-sim: {}\n", error.text());
    return 1;
}

void say(const std::string& line) {
    fmt::print("{}\n", line);
    std::fflush(stdout);
}

result<std::vector<FaultStep>> read_script(const std::filesystem::path& file) {
    if (file.empty()) return std::vector<FaultStep>{};
    std::ifstream in(file);
    std::ostringstream text;
    if (!(in && text << in.rdbuf())) {
        return Error{"cannot read the schedule", file.string(), "give a text file with steps"};
    }
    auto steps = parse_fault_schedule(text.str());
    if (steps) return steps;
    auto error = steps.error();
    error.where = file.string() + ": " + error.where;
    return error;
}

class ProxyRun {
public:
    ProxyRun(FaultProxy& proxy, std::vector<FaultStep> steps)
        : proxy_(proxy), steps_(std::move(steps)) {}

    void run() {
        signals_.async_wait([this](error_code failed, int) {
            if (!failed) io_.stop();
        });
        error_code failed;
        // Nobody types into a file or a closed descriptor; the schedule goes on without.
        input_.assign(::dup(STDIN_FILENO), failed);
        if (!failed) read_line();
        next_step();
        io_.run();
    }

private:
    void command(std::string_view line) {
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) return;
        if (line == "quit") return io_.stop();
        if (line == "counts") return tell_counts();
        const auto step = parse_fault_step(line);
        if (!step) {
            fail(step.error());
        } else if (step->after.count() != 0 || step->duration) {
            fail({"times belong into a schedule", std::string(line), "use --script"});
        } else {
            put(step->fault);
        }
    }

    void put(const Fault& fault) {
        proxy_.apply(fault);
        say(fault_text(fault));
    }

    void tell_counts() {
        const auto now = proxy_.counts();
        say(
            fmt::format("counts accepted={} turned_away={} unreachable={} reset={} open={} "
                        "bytes_up={} bytes_down={} vanished={} buffered={}",
                        now.accepted, now.turned_away, now.unreachable, now.reset, now.open,
                        now.bytes_up, now.bytes_down, now.vanished, now.buffered));
    }

    void read_line() {
        asio::async_read_until(input_, asio::dynamic_buffer(line_, longest_line), '\n',
                               [this](error_code failed, std::size_t size) {
                                   if (failed) return;  // the end, or a line without one
                                   const auto line = line_.substr(0, size - 1);
                                   line_.erase(0, size);
                                   command(line);
                                   if (!io_.stopped()) read_line();
                               });
    }

    void next_step() {
        if (at_ == steps_.size()) return;
        const auto& step = steps_[at_++];
        in(step.after, [this, &step] {
            put(step.fault);
            if (!step.duration) return next_step();
            in(*step.duration, [this] {
                put({});
                next_step();
            });
        });
    }

    template <class Work>
    void in(std::chrono::milliseconds delay, Work work) {
        timer_.expires_after(delay);
        timer_.async_wait([work](error_code stopped) {
            if (!stopped) work();
        });
    }

    FaultProxy& proxy_;
    std::vector<FaultStep> steps_;
    std::size_t at_ = 0;
    asio::io_context io_{1};
    asio::signal_set signals_{io_, SIGINT, SIGTERM};
    asio::posix::stream_descriptor input_{io_};
    asio::steady_timer timer_{io_};
    std::string line_;
};

}  // namespace

result<std::pair<std::string, std::uint16_t>> parse_host_port(std::string_view text) {
    const Error bad{"not an address", std::string(text), "write it like 127.0.0.1:1885"};
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0) return bad;
    auto host = text.substr(0, colon);
    const auto digits = text.substr(colon + 1);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    std::uint16_t port = 0;
    const auto* last = digits.data() + digits.size();
    const auto [end, code] = std::from_chars(digits.data(), last, port);
    if (host.empty() || digits.empty() || code != std::errc{} || end != last) return bad;
    return std::pair{std::string(host), port};
}

int run_proxy(const ProxyOptions& options) {
    const auto listen = parse_host_port(options.listen);
    if (!listen) return fail(listen.error());
    const auto to = parse_host_port(options.to);
    if (!to) return fail(to.error());
    auto steps = read_script(options.script);
    if (!steps) return fail(steps.error());
    FaultProxy::Options chosen;
    std::tie(chosen.listen_host, chosen.listen_port) = *listen;
    std::tie(chosen.to_host, chosen.to_port) = *to;
    const auto proxy = FaultProxy::start(std::move(chosen));
    if (!proxy) return fail(proxy.error());
    ProxyRun run(**proxy, std::move(*steps));
    say(fmt::format("listening on {}:{} for {}", listen->first, (*proxy)->port(), options.to));
    run.run();
    return 0;
}

}  // namespace anju::sim
