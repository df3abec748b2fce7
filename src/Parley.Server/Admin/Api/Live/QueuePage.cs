using System.ComponentModel;

namespace Parley.Server.Admin.Api.Live;

/// <summary>The queue, the first of it.</summary>
/// <param name="At">When it was so, epoch milliseconds.</param>
/// <param name="Waiting">How many wait in all.</param>
/// <param name="Items">In the order in which they find an agent.</param>
public sealed record QueuePage([property: Description("When it was so, epoch milliseconds.")] long At, int Waiting, int Overdue, IReadOnlyList<QueueItem> Items);
