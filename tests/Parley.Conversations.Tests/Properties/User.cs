namespace Parley.Conversations.Tests.Properties;

internal enum User { Consumer, Stranger, Ada, Ben, Cleo, System }
