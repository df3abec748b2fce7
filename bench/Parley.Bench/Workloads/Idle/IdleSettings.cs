namespace Parley.Bench.Workloads.Idle;

/// <param name="Transports">Of <see cref="Plain"/> and <see cref="Tls"/>.</param>
/// <param name="Sockets">Consumers, each with one.</param>
/// <param name="RestSeconds">How long the server is watched at rest.</param>
internal sealed record IdleSettings(string[] Transports, int Sockets, double RestSeconds)
{
    public const string Plain = "plain";
    public const string Tls = "tls";
}
