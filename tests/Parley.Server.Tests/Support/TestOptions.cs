using Parley.Server.Hosting;

namespace Parley.Server.Tests.Support;

/// <summary>How servers of tests run unless a test says otherwise.</summary>
internal static class TestOptions
{
    /// <summary>
    /// On free ports. Passwords cost next to nothing: every new folder hashes two, and at the shipped cost that took half of
    /// the time of all tests.
    /// </summary>
    /// <param name="folder">Of the data.</param>
    public static ServerOptions In(string folder) =>
        new() { Data = folder, Http = "127.0.0.1:0", Https = "127.0.0.1:0", Identity = { PasswordIterations = 1 } };
}
