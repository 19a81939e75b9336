UPDATE TimelineEntry SET Body = @Body, Revision = @Revision WHERE Id = @Id AND Revision = @Revision - 1
