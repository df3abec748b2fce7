using System.Diagnostics.CodeAnalysis;

namespace Parley.Server.Identity;

/// <summary>Either a consumer or the reason why not.</summary>
public readonly record struct TokenValidation(ConsumerIdentity? Consumer, TokenFailure Failure)
{
    [MemberNotNullWhen(true, nameof(Consumer))]
    public bool IsValid => Consumer is not null;

    /// <summary>Whether a token that is not accepted says that nobody vouches for its consumer.</summary>
    public bool IsAnonymous { get; init; }
}
