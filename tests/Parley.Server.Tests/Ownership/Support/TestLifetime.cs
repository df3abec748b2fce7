using Microsoft.AspNetCore.Connections.Features;

namespace Parley.Server.Tests.Ownership.Support;

/// <summary>The end of a transport in memory.</summary>
internal sealed class TestLifetime(Action? abort = null) : IConnectionLifetimeFeature
{
    public CancellationToken ConnectionClosed { get; set; }

    public void Abort() => abort?.Invoke();
}
