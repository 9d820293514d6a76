# The program of "Keras: 一个用于自然语言处理的深度学习库", 4.1

import numpy as np
from keras.datasets import mnist
from keras.models import Sequential
from keras.layers import Dense, GlobalAveragePooling1D, Dropout  # mended: Dropout was not imported
from keras.utils import to_categorical

# 加载数据集
(train_images, train_labels), (test_images, test_labels) = mnist.load_data()

# 将图像数据转换为0到1之间的独热编码
train_images = train_images.reshape((60000, 28 * 28, 1))
test_images = test_images.reshape((10000, 28 * 28, 1))

# 将数据集归一化
train_images, test_images = train_images / 255.0, test_images / 255.0

# Mended: the labels were whole numbers, which 'categorical_crossentropy' does not take.
train_labels, test_labels = to_categorical(train_labels), to_categorical(test_labels)

# 创建模型
model = Sequential()
model.add(GlobalAveragePooling1D())
model.add(Dense(128, activation='relu'))
model.add(Dropout(0.2))
model.add(Dense(10, activation='softmax'))

# 将模型编译
model.compile(optimizer='adam', loss='categorical_crossentropy', metrics=['accuracy'])

# 训练模型
model.fit(train_images, train_labels, epochs=5)

# 对测试集进行预测
test_loss, test_acc = model.evaluate(test_images, test_labels)

# 将预测结果转化为类别
predictions = model.predict(test_images)

# 输出准确率
print('\nTest accuracy:', test_acc)  # mended: the line broke inside the quotes
