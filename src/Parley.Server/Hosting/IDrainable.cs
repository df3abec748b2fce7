namespace Parley.Server.Hosting;

/// <summary>A part of the server that has to finish before the process may end.</summary>
public interface IDrainable
{
    /// <summary>
    /// Called once when the server stops, while it takes no new connections: answers what is in flight, then closes its sockets (1001).
    /// </summary>
    /// <param name="cancellationToken">Cancelled when waiting longer is no use.</param>
    Task DrainAsync(CancellationToken cancellationToken);
}
