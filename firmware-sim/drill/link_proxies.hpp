// Carries out [[network]] by proxies that stand between the gateway and its brokers.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "firmware-sim/net/fault_proxy.hpp"
#include "firmware-sim/scenario/network.hpp"

namespace anju::sim {

/// As LinkFaults. All connections are reset when it goes.
class LinkProxies final : public LinkFaults {
public:
    /// `where`: "127.0.0.1:1886=127.0.0.1:1884", the address that the gateway is configured with
    /// and the broker behind it. Listens when it returns.
    result<void> stand_in(const std::string& link, const std::string& where);

    [[nodiscard]] bool has(std::string_view link) const override;
    result<void> begin(std::string_view link, LinkFault what) override;
    result<void> heal(std::string_view link) override;

private:
    std::map<std::string, std::unique_ptr<FaultProxy>, std::less<>> proxies_;
};

}  // namespace anju::sim
