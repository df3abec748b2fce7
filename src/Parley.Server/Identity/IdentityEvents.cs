namespace Parley.Server.Identity;

/// <summary>Tells the gateway at once when somebody must not be served any longer.</summary>
public sealed class IdentityEvents
{
    /// <summary>Raised after the revocation is durable, on an arbitrary thread; handlers must not block.</summary>
    public event Action<Revocation>? Revoked;

    internal void Raise(Revocation revocation) => Revoked?.Invoke(revocation);
}
