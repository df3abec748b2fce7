using Parley.Conversations.Events;

namespace Parley.Journal.Tails;

/// <summary>Adds the settled events of a dialog to a list, from one number up to but not including another; stops when told that it is enough.</summary>
internal delegate void TableRead(long from, long before, List<MessagePublished> into, Predicate<MessagePublished> isEnough);
