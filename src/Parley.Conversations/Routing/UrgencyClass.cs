namespace Parley.Conversations.Routing;

/// <summary>What decides first who goes before whom.</summary>
public enum UrgencyClass : byte { Overdue, Urgent, Prioritized, Normal }
