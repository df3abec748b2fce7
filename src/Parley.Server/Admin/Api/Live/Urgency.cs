using Parley.Conversations.Routing;

namespace Parley.Server.Admin.Api.Live;

/// <summary>What decides first who goes before whom, as it is told.</summary>
public enum Urgency : byte
{
    Overdue = UrgencyClass.Overdue,
    Urgent = UrgencyClass.Urgent,
    Prioritized = UrgencyClass.Prioritized,
    Normal = UrgencyClass.Normal,
}
