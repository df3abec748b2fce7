using Parley.Server.Identity;

namespace Parley.Server.Configuration;

/// <summary>Why an agent may be away (protocol 22); the state goes by two names.</summary>
internal sealed record StatusReasonBody(string Id, string Text, string Type, string State, bool Enabled, bool Deleted)
{
    public static StatusReasonBody Of(StatusReason reason) => new(reason.Id, reason.Text, reason.State, reason.State, reason.Enabled, Deleted: false);
}
