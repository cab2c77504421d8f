// What is said to the outside while the store opens. That takes seconds, but after a power cut on a
// slow card, or when names come under a key, it takes many minutes: the service manager is told
// what is going on and, as long as it gets on, given more time; whoever asks on the control socket
// is told the same instead of finding nobody there; and the lamp says that nobody is protected yet.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "config/config.hpp"
#include "store/progress.hpp"

namespace anju {

/// All but the answers happens on the thread that opens the store.
class OpeningSign {
public:
    explicit OpeningSign(const config::Config& config);
    ~OpeningSign();  ///< takes it away
    OpeningSign(const OpeningSign&) = delete;
    OpeningSign& operator=(const OpeningSign&) = delete;

    void tell(const store::Progress& progress);
    /// The control socket is free from here on.
    void free_socket();

    /// How long a step of this may take before it says something again: what SQLite does in one go
    /// is bounded by copying the file, for which a megabyte a second is slow.
    [[nodiscard]] static std::chrono::seconds patience(const store::Progress& progress);
    /// For people, in Chinese and English.
    [[nodiscard]] static std::string words(const store::Progress& progress);

private:
    struct Server;
    std::unique_ptr<Server> server_;  ///< null: somebody else's socket is in its place
};

}  // namespace anju
