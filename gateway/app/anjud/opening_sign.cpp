#include "app/anjud/opening_sign.hpp"

#include <cstdint>
#include <mutex>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>

#include "app/anjud/loop.hpp"
#include "app/anjud/protection_flags.hpp"
#include "base/log.hpp"
#include "control/methods.hpp"
#include "control/server.hpp"
#include "system/notify.hpp"

namespace anju {
namespace {

std::string_view name(store::Work work) {
    switch (work) {
        case store::Work::checking:
            return "checking";
        case store::Work::migrating:
            return "migrating";
        case store::Work::sealing:
            return "sealing";
        case store::Work::rewriting:
            return "rewriting";
        case store::Work::rebuilding:
            return "rebuilding";
    }
    return "";
}

std::string_view sentence(store::Work work) {
    switch (work) {
        case store::Work::checking:
            return "正在检查数据 / checking the store";
        case store::Work::migrating:
            return "正在升级数据格式 / bringing the store to this version";
        case store::Work::sealing:
            return "正在加密姓名和电话 / sealing names and addresses";
        case store::Work::rewriting:
            return "正在重写数据文件 / writing the store's file anew";
        case store::Work::rebuilding:
            return "正在抢救数据 / saving what is readable of a damaged store";
    }
    return "";
}

}  // namespace

/// On a loop and a thread of its own: that of the gateway does not turn yet.
struct OpeningSign::Server {
    explicit Server(const config::Config& config)
        : server(loop.context(), {.path = config.control_socket},
                 [this](const control::Request&) { return answer(); }) {}

    control::Reply answer() {
        const std::lock_guard lock(mutex);
        return control::Reply::failed({std::string(control::still_starting) + ": " + now, "",
                                       "wait; systemctl status anjud says how it gets on"});
    }

    Loop loop;
    std::mutex mutex;
    std::string now = "正在打开数据 / opening the store";
    control::ControlServer server;
    std::thread thread;
};

OpeningSign::OpeningSign(const config::Config& config) {
    ProtectionFlags(ProtectionFlags::folder_of_service())
        .show(Protection{}, std::chrono::steady_clock::now());
    auto server = std::make_unique<Server>(config);
    system::notify_status(server->now);
    if (!server->server.start()) return;  // the gateway's own server will say why
    try {
        server->thread = std::thread([&loop = server->loop] { loop.run(); });
        server_ = std::move(server);
    } catch (const std::system_error&) {
        server->server.stop();  // nobody is answered, and everything else goes on
    }
}

OpeningSign::~OpeningSign() {
    free_socket();
}

void OpeningSign::free_socket() {
    if (!server_) return;
    server_->loop.post([server = server_.get()] {
        server->server.stop();
        server->loop.stop();
    });
    server_->thread.join();
    server_.reset();
}

void OpeningSign::tell(const store::Progress& progress) {
    std::string said = words(progress);
    system::notify_status(said);
    system::notify_starting(patience(progress));
    log::debug("opening", {{"work", name(progress.work)}, {"bytes", progress.file_bytes}});
    if (!server_) return;
    const std::lock_guard lock(server_->mutex);
    server_->now = std::move(said);
}

std::chrono::seconds OpeningSign::patience(const store::Progress& progress) {
    constexpr std::chrono::minutes for_any{5};
    constexpr std::uint64_t bytes_a_second = 1'000'000;
    return for_any + std::chrono::seconds{progress.file_bytes / bytes_a_second};
}

std::string OpeningSign::words(const store::Progress& progress) {
    return std::string(sentence(progress.work)) + " (" +
           std::to_string(progress.file_bytes / 1'000'000) + " MB)";
}

}  // namespace anju
