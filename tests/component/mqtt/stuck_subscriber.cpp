// A subscriber that takes messages and stops for ever inside the callback of the n-th, as the
// daemon does when a commit fails. Its test kills it there.
//
//   mqtt_stuck_subscriber URI USER PASSWORD TOPIC STUCK_AT OUTPUT
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iostream>

#include "mqtt/session.hpp"

int main(int argc, char** argv) {
    if (argc != 7) return 2;
    anju::mqtt::Session::Options options;
    options.endpoint.uri = argv[1];
    options.endpoint.client_id = "stuck";
    options.endpoint.username = argv[2];
    options.endpoint.password = argv[3];
    options.subscriptions = {{argv[4], 1}};
    const int stuck_at = std::atoi(argv[5]);
    std::ofstream output(argv[6], std::ios::app);
    int count = 0;
    anju::mqtt::Session session(
        options,
        [&](anju::mqtt::Incoming&& message) {
            if (++count == stuck_at) {
                output << "stuck" << std::endl;
                for (;;) ::pause();
            }
            output << message.payload << ' ' << message.packet_id << ' ' << message.redelivered
                   << std::endl;
        },
        [&](bool connected) {
            if (connected) std::cout << "ready" << std::endl;
        });
    session.start();
    for (;;) ::pause();
}
