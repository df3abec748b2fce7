using System.Net;
using System.Net.Sockets;
using Npgsql;
using Parley.Server.Hosting;

namespace Parley.Cluster.Hosting;

/// <summary>Where the other nodes reach this one.</summary>
internal static class BetweenAddress
{
    private const int DefaultPort = 9640;

    /// <exception cref="FormatException">It is given wrongly, or must be given.</exception>
    public static IPEndPoint Of(ServerOptions options)
    {
        if (options.Between is not { Length: > 0 } given) return new IPEndPoint(TowardsDatabase(options.Cluster!), DefaultPort);
        var listen = ListenAddress.Parse(given);
        if (listen.Address.Equals(IPAddress.Any) || listen.Address.Equals(IPAddress.IPv6Any) || listen.Port == 0)
            throw new FormatException("--between is told to the other nodes: it needs this machine's own address and a port.");
        return new IPEndPoint(listen.Address, listen.Port);
    }

    // The address that this machine has in the database's network. Nothing is sent.
    private static IPAddress TowardsDatabase(string connectionString)
    {
        try
        {
            var database = new NpgsqlConnectionStringBuilder(connectionString);
            var host = database.Host?.Split(',')[0] ?? "";
            if (host.StartsWith('/') || host.Length == 0) return IPAddress.Loopback;
            using var socket = new Socket(SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(host, database.Port);
            var own = ((IPEndPoint)socket.LocalEndPoint!).Address;
            return own.IsIPv4MappedToIPv6 ? own.MapToIPv4() : own;
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            throw new FormatException($"This machine's address in the database's network is unknown ({e.Message}): give it as --between.", e);
        }
    }
}
