using System.Diagnostics;
using System.Globalization;
using Parley.Cluster.Tests.Serving;

namespace Parley.Cluster.Tests.Faults.Network;

/// <summary>Some hosts in network namespaces of their own, on a bridge to which this process has access as well; and what can go wrong between them.</summary>
internal sealed class PrivateNetwork : IDisposable
{
    // Nobody has it: what is sent there is lost, and the sender hears nothing.
    private const string NoHost = "02:00:00:00:00:fe";

    private readonly string _name = $"ply{Random.Shared.Next(0x1000):x3}";
    private readonly int _subnet = Random.Shared.Next(16, 32);
    private readonly int _hosts;

    /// <param name="hosts">How many, numbered from 1.</param>
    public PrivateNetwork(int hosts)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && IsPermitted(), "Network namespaces are not permitted here, or iproute2 is not installed.");
        _hosts = hosts;
        Ip($"link add {_name} type bridge");
        Ip($"address add {Address(254)}/24 dev {_name}");
        Ip($"link set {_name} up");
        for (var host = 1; host <= hosts; host++)
        {
            Ip($"netns add {_name}-{host}");
            Ip($"link add {_name}-{host} type veth peer name eth0 netns {_name}-{host}");
            Ip($"link set {_name}-{host} master {_name} up");
            Ip($"-n {_name}-{host} address add {Address(host)}/24 dev eth0");
            Ip($"-n {_name}-{host} link set eth0 up");
            Ip($"-n {_name}-{host} link set lo up");
        }
    }

    /// <summary>All of it.</summary>
    public string Range => $"{Address(0)}/24";

    public NodePlace this[int host] => new(Address(host), ["nsenter", $"--net=/run/netns/{_name}-{host}"]);

    /// <summary>Takes a host's link down.</summary>
    public void Unplug(int host) => Ip($"link set {_name}-{host} down");

    public void Plug(int host) => Ip($"link set {_name}-{host} up");

    /// <summary>From now on all that one host sends to another is lost, without a word; the other direction is as it was.</summary>
    public void Lose(int from, int to) => Ip($"-n {_name}-{from} neigh replace {Address(to)} lladdr {NoHost} dev eth0 nud permanent");

    /// <summary>From now on two hosts have no route to each other, and are told so.</summary>
    public void Part(int one, int other)
    {
        Ip($"-n {_name}-{one} route add blackhole {Address(other)}");
        Ip($"-n {_name}-{other} route add blackhole {Address(one)}");
    }

    /// <summary>From now on a host's link carries no more than so much.</summary>
    public void Throttle(int host, int kilobytesPerSecond) => Run("tc", $"qdisc replace dev {_name}-{host} root tbf rate {kilobytesPerSecond * 8}kbit burst 16kb latency 2s");

    /// <summary>Takes away all that is wrong.</summary>
    public void Mend()
    {
        for (var host = 1; host <= _hosts; host++)
        {
            Plug(host);
            TryRun("tc", $"qdisc del dev {_name}-{host} root");
            Ip($"-n {_name}-{host} neigh flush nud permanent");
            for (var other = 1; other <= _hosts; other++) TryRun("ip", $"-n {_name}-{host} route del blackhole {Address(other)}");
        }
    }

    public void Dispose()
    {
        for (var host = 1; host <= _hosts; host++)
        {
            Ip($"link del {_name}-{host}");
            Ip($"netns del {_name}-{host}");
        }

        Ip($"link del {_name}");
    }

    private static bool IsPermitted()
    {
        const string Trial = "parley-trial";
        try
        {
            return TryRun("ip", $"netns add {Trial}") && TryRun("ip", $"netns del {Trial}") && TryRun("nsenter", "--version");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static void Ip(string arguments) => Run("ip", arguments);

    private static void Run(string program, string arguments)
    {
        if (!TryRun(program, arguments)) throw new InvalidOperationException($"{program} {arguments}");
    }

    private static bool TryRun(string program, string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private string Address(int host) => string.Create(CultureInfo.InvariantCulture, $"172.{_subnet}.231.{host}");
}
