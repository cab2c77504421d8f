// What the routes of the console work with. All references outlive them. Loop thread.
#pragma once

#include <chrono>
#include <functional>

#include "api/alert_board.hpp"
#include "api/alert_views.hpp"
#include "api/live.hpp"
#include "api/resident_views.hpp"
#include "api/round_views.hpp"
#include "control/protocol.hpp"
#include "runtime/gateway.hpp"
#include "runtime/sensor_command.hpp"
#include "store/read_thread.hpp"
#include "store/store_reader.hpp"

namespace anju::api {

struct Context {
    Gateway& gateway;
    store::StoreReader& reader;  ///< on the loop: for single rows
    const control::Render& render;
    const control::CareRender& care;
    AlertBoard& board;
    Live& live;
    store::ReadThreads& reads;
    std::chrono::minutes utc_offset;
    /// A method of the control socket, as the tool on the box calls it: the console does what that
    /// does, and nothing else.
    std::function<control::Reply(const control::Request&)> call;
    /// To a sensor of ours; may be lost.
    std::function<void(SensorMessage)> tell_sensor;
    /// After anything that may have changed what is due.
    std::function<void()> rearm;
    /// The store refused: only a fresh start is right.
    std::function<void(const Error&)> die;
};

}  // namespace anju::api
