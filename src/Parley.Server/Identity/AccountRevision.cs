namespace Parley.Server.Identity;

/// <summary>How often and when an account's users, skills and settings changed (protocol 22, <c>ac-revision</c>).</summary>
/// <param name="Number">Rises with every change.</param>
/// <param name="JoinedTs">When the account was added, epoch milliseconds; 0 when it was not noted yet.</param>
/// <param name="ChangedTs">The last change; 0 when none was noted yet.</param>
public sealed record AccountRevision(long Number, long JoinedTs, long ChangedTs)
{
    internal static readonly AccountRevision First = new(1, 0, 0);
}
