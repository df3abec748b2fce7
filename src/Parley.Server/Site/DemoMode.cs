using System.Net;
using Parley.Server.Hosting;

namespace Parley.Server.Site;

/// <summary>When a server may tell the demo's passwords to whoever asks.</summary>
internal static class DemoMode
{
    /// <summary>Checks that only this machine can ask.</summary>
    /// <exception cref="InvalidOperationException">Demo mode was asked for, and others could reach the server.</exception>
    public static void Check(ServerOptions options, ListenAddress http, ListenAddress https)
    {
        if (!options.Demo || Obstacle(options, http, https) is not { } obstacle) return;
        throw new InvalidOperationException(
            $"Demo mode tells its passwords to every browser on this machine, so it must be out of reach of others, but {obstacle}. Turn it off with --demo off.");
    }

    private static string? Obstacle(ServerOptions options, ListenAddress http, ListenAddress https) =>
        !IPAddress.IsLoopback(http.Address) ? $"--http {options.Http} is no loopback address"
        : !IPAddress.IsLoopback(https.Address) ? $"--https {options.Https} is no loopback address"
        : options.PublicHost is not null ? $"the public host {options.PublicHost} is set"
        : options.TrustedProxies.Count > 0 ? "trusted proxies are set"
        : null;
}
