namespace Parley.Server.Hosting;

/// <summary>Where a started server is reached.</summary>
/// <param name="Http">The HTTP listener with its real port.</param>
/// <param name="Https">The HTTPS listener with its real port.</param>
/// <param name="PublicAddress"><c>host[:port]</c> that clients without better knowledge use for HTTPS.</param>
/// <param name="TrustFile">PEM file that clients must trust.</param>
/// <param name="Account">The account of <c>lp.env</c>, or null when all are disabled.</param>
public sealed record BoundServer(ListenAddress Http, ListenAddress Https, string PublicAddress, string TrustFile, string? Account);
