// Carries out what plan.hpp decides, step by step, each written down before it is begun.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.hpp"
#include "update/plan.hpp"

namespace anju::update {

/// What of the machine is asked for.
enum class Look : std::uint8_t {
    packages,  ///< what is installed
    all,       ///< and what is offered, how much room there is, which alerts are open
};

/// What became of an attempt to put packages on the box.
struct Put {
    std::string trouble = {};  ///< in words; empty: none
    /// The package's own scripts ended with an error, for no lack of room, memory or the like.
    bool scripts_failed = false;
};

/// The broker on the box, as somebody finds it who is not anjud.
struct HomeBroker {
    /// It takes connections; also when it is not on this box, or nobody can tell.
    bool answers = true;
    std::int64_t pid = 0;  ///< another one: it ended and was started anew; 0: not known
};

/// The machine, as the updater uses it. debian_box.hpp is the real one. One thread.
class Box {
public:
    Box() = default;
    virtual ~Box() = default;
    Box(const Box&) = delete;
    Box& operator=(const Box&) = delete;

    /// Asks no network.
    [[nodiscard]] virtual result<Facts> look(Look what) = 0;
    /// On the disk when it returns.
    [[nodiscard]] virtual result<void> save(const Record& record) = 0;

    /// Verified packages of both versions on the disk. Can be repeated; changes nothing else.
    [[nodiscard]] virtual result<void> prepare(const std::string& from, const std::string& to) = 0;
    /// Puts the prepared packages of `version` on the box, whatever is there, half of another
    /// version included, and has anjud restarted: if they are still, byte for byte, those that the
    /// signed source names. What is installed then look() says.
    [[nodiscard]] virtual Put install(const std::string& version) = 0;
    /// The same for the version before, without any need of a network.
    [[nodiscard]] virtual result<void> put_back(const std::string& version) = 0;
    /// Packages of other versions than these are not needed any more.
    virtual void forget_others(const std::string& one, const std::string& other) = 0;

    [[nodiscard]] virtual Health health() = 0;
    [[nodiscard]] virtual HomeBroker home_broker() = 0;
    /// Sensors repeat what they say meanwhile.
    virtual void restart_home_broker() = 0;
    /// A clock that nobody sets.
    [[nodiscard]] virtual Duration steady() = 0;
    virtual void pause(Duration length) = 0;

    /// For the log: what is begun, and how something ended.
    virtual void tell(const Action& action, const Record& record) = 0;
    virtual void tell_end(const Record& record) = 0;
};

struct Came {
    Record record;
    Action last;  ///< what was done last, or why nothing is done
};

/// From wherever `record` says to where nothing is left to do now. Begun again after any
/// interruption it goes on. An Error when something could not be found out or written down: nothing
/// is done without, and the next run tries again.
[[nodiscard]] result<Came> run(Box& box, Record record, const Rules& rules, const Insistence& said);

struct Verdict {
    std::string lacks;    ///< empty: it is well
    std::string noticed;  ///< at the end, see noticed(); and broker_restarted
};

/// Waits until the gateway is as well as `before`, for rules.steady_for without a break, a restart
/// included; at most rules.healthy_within until that begins, not counting the time in which one and
/// the same process says that it opens its store: rules.opening_within at most, of all processes. A
/// broker that has not answered for a minute is started anew, once, and the time begins anew with
/// it. Where the broker did not do its work nothing is said of the version: what lacks is
/// broker_down.
[[nodiscard]] Verdict prove(Box& box, const Health& before, const std::string& version,
                            const Rules& rules);

}  // namespace anju::update
