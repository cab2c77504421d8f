#include "firmware-sim/hub_screen.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <cmath>

#include "firmware-sim/json_text.hpp"

namespace anju::sim {

namespace {

constexpr std::size_t columns = 79;

/// What is longer would push everything else off the screen.
void add(std::string& out, std::string line) {
    if (line.size() > columns) line.resize(columns);
    out += line + "\n";
}

/// In place of 1234567.8: "1.23 M", four digits at most.
std::string shortly(double value) {
    if (value >= 1e9) return fmt::format("{:.2f} G", value / 1e9);
    if (value >= 1e6) return fmt::format("{:.2f} M", value / 1e6);
    if (value >= 1e4) return fmt::format("{:.1f} k", value / 1e3);
    return fmt::format("{:.0f}", value);
}

std::string latency_line(const char* name, const HubLatency& latency) {
    return fmt::format("{:<14}{:>10}{:>10.1f}{:>10.1f}{:>10.1f}{:>12.1f}", name,
                       shortly(static_cast<double>(latency.count)), latency.p50_ms, latency.p95_ms,
                       latency.p99_ms, latency.max_ms);
}

std::string cost_line(const std::string& name, const HubCost& cost) {
    return fmt::format("{:<14}{:>10.2f}{:>10.1f}", name, cost.cores, cost.mib);
}

boost::json::object json_of(const HubLatency& latency) {
    return {{"count", latency.count},
            {"p50_ms", latency.p50_ms},
            {"p95_ms", latency.p95_ms},
            {"p99_ms", latency.p99_ms},
            {"max_ms", latency.max_ms}};
}

boost::json::object json_of(const HubCost& cost) {
    return {{"cores", cost.cores}, {"mib", cost.mib}};
}

}  // namespace

std::string hub_screen(const HubFigures& f) {
    std::string out;
    add(out, fmt::format("anju-sim fleet  {} homes, {} sensors  {}", f.homes, f.sensors, f.broker));
    add(out, fmt::format("{:.0f} of {:.0f} s", f.seconds, f.of_seconds));
    add(out, "");
    add(out, fmt::format("{:<14}{:>10}{:>10}{:>10}", "", "wanted", "sent", "acked"));
    add(out, fmt::format("{:<14}{:>10}{:>10}{:>10}", "a second", shortly(f.target_per_s),
                         shortly(f.sent_per_s), shortly(f.acked_per_s)));
    add(out,
        fmt::format("{:<14}{:>10}{:>10}{:>10}", "in all", "", shortly(static_cast<double>(f.sent)),
                    shortly(static_cast<double>(f.acked))));
    add(out, "");
    add(out, fmt::format("waiting {}, the oldest for {:.1f} s; repeated {}, refused {}",
                         f.unacknowledged, f.lag_s, f.repeats, f.refused));
    add(out, fmt::format("held back: {} by a sensor's window, {} by a full queue", f.window_full,
                         f.queue_full));
    add(out, "");
    add(out, fmt::format("{:<14}{:>10}{:>10}{:>10}{:>10}{:>12}", "publish to ack", "acked",
                         "p50 ms", "p95 ms", "p99 ms", "largest ms"));
    add(out, latency_line("measurements", f.bulk));
    add(out, latency_line("alarms", f.alarm));
    add(out, "");
    add(out, fmt::format("{:<14}{:>10}{:>10}", "process", "cores", "MiB"));
    add(out, cost_line("anju-sim", f.own));
    if (f.watched) add(out, cost_line(fmt::format("pid {}", f.watched_pid), *f.watched));
    return out;
}

std::string hub_json(const HubFigures& f, bool final) {
    boost::json::object out{{"final", final},
                            {"homes", f.homes},
                            {"sensors", f.sensors},
                            {"seconds", f.seconds},
                            {"target_per_s", f.target_per_s},
                            {"sent", f.sent},
                            {"sent_per_s", f.sent_per_s},
                            {"acked", f.acked},
                            {"acked_per_s", f.acked_per_s},
                            {"refused", f.refused},
                            {"repeats", f.repeats},
                            {"window_full", f.window_full},
                            {"queue_full", f.queue_full},
                            {"unacknowledged", f.unacknowledged},
                            {"lag_s", f.lag_s},
                            {"bulk", json_of(f.bulk)},
                            {"alarm", json_of(f.alarm)},
                            {"own", json_of(f.own)}};
    if (f.watched) {
        auto watched = json_of(*f.watched);
        watched["pid"] = f.watched_pid;
        out["watched"] = std::move(watched);
    }
    return json_text(out);
}

}  // namespace anju::sim
