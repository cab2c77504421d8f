// The console's accounts on the control socket: how the first people get in, how somebody gets in
// who forgot the password, and what was done by whom. Whoever may use the socket has the box, and
// so may let anybody in; every change is in the audit with the actor that the caller names.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "access/access.hpp"
#include "config/config.hpp"
#include "control/protocol.hpp"
#include "core/engine.hpp"
#include "runtime/clock.hpp"

namespace anju {

class ConsoleHandlers {
public:
    /// `clock` is the machine's. Refuses everything until open(). All must outlive it. Loop thread.
    ConsoleHandlers(const config::Config& config, const Clock& clock, const Engine& engine);
    void open(access::Access& access) { access_ = &access; }

    /// nullopt: the method is none of the console's.
    [[nodiscard]] std::optional<control::Reply> answer(const control::Request& request);
    /// For `status`: how large the console's database is; null where there is none.
    [[nodiscard]] boost::json::value figures() const;

private:
    using Params = boost::json::object;
    using Method = control::Reply (ConsoleHandlers::*)(const Params& params);
    struct Entry {
        std::string_view name;
        Method method;
    };
    static const Entry methods[];

    control::Reply setup_code(const Params& params);
    control::Reply login(const Params& params);
    control::Reply accounts(const Params& params);
    control::Reply account_add(const Params& params);
    control::Reply account_change(const Params& params);
    control::Reply audit(const Params& params);

    [[nodiscard]] control::Reply refusal() const;
    [[nodiscard]] result<access::Account> named(const std::string& name);
    /// Into the audit, inside of the change that it speaks of.
    [[nodiscard]] result<void> write(const std::string& actor, std::string_view action,
                                     const access::Account& account, std::string detail);
    /// With its link where there is one.
    [[nodiscard]] boost::json::object shown(const access::Account& account) const;
    void add_link(boost::json::object& to, const std::string& token,
                  std::chrono::seconds life) const;
    /// What is allowed and most likely a slip of the pen: codes and workers that nothing has.
    [[nodiscard]] boost::json::array warnings(const access::Account& account) const;

    const config::Config& config_;
    const Clock& clock_;
    const Engine& engine_;
    access::Access* access_ = nullptr;
};

/// Where people reach the console, without a slash at the end: notify.base_url, else the address
/// that [http] listens on, which must be there.
[[nodiscard]] std::string console_base(const config::Config& config);

}  // namespace anju
