#include "firmware-sim/drill/link_proxies.hpp"

#include <chrono>
#include <utility>

#include "firmware-sim/net/proxy_run.hpp"

namespace anju::sim {

namespace {

using namespace std::chrono_literals;

/// As parse_host_port, with a port that somebody can name: a gateway is configured for it.
result<std::pair<std::string, std::uint16_t>> address(std::string_view text) {
    auto parsed = parse_host_port(text);
    if (parsed && parsed->second == 0) return Error{"no port", std::string(text), ""};
    return parsed;
}

}  // namespace

result<void> LinkProxies::stand_in(const std::string& link, const std::string& where) {
    const auto middle = where.find('=');
    const auto listen = address(std::string_view(where).substr(0, middle));
    const auto to =
        address(middle == std::string::npos ? std::string_view{}
                                            : std::string_view(where).substr(middle + 1));
    if (!listen || !to) {
        return Error{"not two addresses", "--" + link + "-proxy " + where,
                     "write it like 127.0.0.1:1886=127.0.0.1:1884 or [::1]:1886=[::1]:1884"};
    }
    auto proxy = FaultProxy::start({.listen_host = listen->first,
                                    .listen_port = listen->second,
                                    .to_host = to->first,
                                    .to_port = to->second});
    if (!proxy) return proxy.error();
    proxies_.insert_or_assign(link, std::move(*proxy));
    return {};
}

bool LinkProxies::has(std::string_view link) const {
    return proxies_.contains(link);
}

result<void> LinkProxies::begin(std::string_view link, LinkFault what) {
    FaultProxy& proxy = *proxies_.find(link)->second;
    switch (what) {
        case LinkFault::cut:
            proxy.apply({.kind = Fault::Kind::refuse});
            proxy.apply({.kind = Fault::Kind::cut});
            break;
        case LinkFault::stall:
            proxy.apply({.kind = Fault::Kind::stall});
            break;
        case LinkFault::half_open:  // what the gateway sends arrives, no answer comes back
            proxy.apply({.kind = Fault::Kind::half_open, .direction = Direction::down});
            break;
        case LinkFault::slow:
            proxy.apply({.kind = Fault::Kind::slow, .latency = 2s, .jitter = 1s});
            break;
    }
    return {};
}

result<void> LinkProxies::heal(std::string_view link) {
    proxies_.find(link)->second->apply({.kind = Fault::Kind::heal});
    return {};
}

}  // namespace anju::sim
