// A control server on a loop of its own, in a folder of its own, answered by a script.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "control/server.hpp"
#include "tests/support/broker.hpp"

namespace anju::control {

class Serving : public testing::Test {
protected:
    Serving() { options_.path = folder_ / "control.sock"; }

    ~Serving() override { stop(); }

    /// `answer` runs on the loop's thread.
    result<void> serve(ControlServer::Handler answer) {
        server_ = std::make_unique<ControlServer>(
            loop_, options_, [this, answer = std::move(answer)](const Request& request) {
                {
                    const std::lock_guard lock(mutex_);
                    requests_.push_back(request);
                }
                return answer(request);
            });
        auto started = server_->start();
        thread_ = std::thread([this] {
            const auto work = boost::asio::make_work_guard(loop_);
            loop_.run();
        });
        return started;
    }

    void stop() {
        if (!thread_.joinable()) return;
        std::promise<void> done;
        boost::asio::post(loop_, [&] {
            server_.reset();
            done.set_value();
        });
        done.get_future().wait();
        loop_.stop();
        thread_.join();
    }

    [[nodiscard]] std::vector<Request> requests() {
        const std::lock_guard lock(mutex_);
        return requests_;
    }

    test::TempDir dir_;
    const std::filesystem::path folder_ = dir_.path();
    ControlServer::Options options_;

private:
    boost::asio::io_context loop_;
    std::unique_ptr<ControlServer> server_;
    std::thread thread_;
    std::mutex mutex_;
    std::vector<Request> requests_;
};

}  // namespace anju::control
